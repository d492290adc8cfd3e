import { useEffect } from "react";
import type { ChatState } from "../store";
import { keepCity } from "./kept";
import { cityTapped } from "./taken";

/** Remembers the city that was tapped, until all that was kept of the person is deleted. */
export function useKeptCity({ messages, regions, erased }: ChatState) {
  const tapped = cityTapped(messages, regions);
  useEffect(() => {
    if (tapped) keepCity(tapped);
  }, [tapped]);
  useEffect(() => {
    if (erased !== null) keepCity(null);
  }, [erased]);
}
