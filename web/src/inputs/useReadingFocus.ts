import { type RefObject, useEffect, useRef } from "react";

/** Moves the keyboard's place to a new question that is read or pressed, unless the person is busy elsewhere. */
export function useReadingFocus<T extends HTMLElement>(takesFocus: boolean): RefObject<T> {
  const place = useRef<T>(null);
  useEffect(() => {
    const active = document.activeElement;
    const isFree = !active || active === document.body || active.id === "log";
    if (takesFocus && isFree) place.current?.focus({ preventScroll: true });
  }, [takesFocus]);
  return place;
}
