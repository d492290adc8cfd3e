import { type RefObject, useEffect, useRef } from "react";

/** Moves the focus into a field that has just been asked for, without moving the page. */
export function useFieldFocus<T extends HTMLElement>(takesFocus: boolean): RefObject<T> {
  const field = useRef<T>(null);
  useEffect(() => {
    if (takesFocus && !isWriting()) field.current?.focus({ preventScroll: true });
  }, [takesFocus]);
  return field;
}

/** Someone in the middle of a sentence would go on writing it into the field. */
function isWriting(): boolean {
  const active = document.activeElement;
  return active instanceof HTMLTextAreaElement && active.value !== "";
}
