/** Single keys that do something while nobody is typing. */
import { useEffect, useRef } from "react";

export interface Shortcut {
  /** As KeyboardEvent.key has it: "c", "/", "Escape", "ArrowDown". */
  key: string;
  says: string;
  run: () => void;
  /** Also while the cursor is in a field. */
  inFields?: boolean;
}

const known = new Set<readonly Shortcut[]>();

/** Every shortcut of what is open now, for the list of keys. */
export const openShortcuts = () => [...known].flat();

/** The page's keys, as long as it is drawn. */
export function useShortcuts(shortcuts: readonly Shortcut[]) {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
    known.add(shortcuts);
    return () => void known.delete(shortcuts);
  }, [shortcuts]);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
      const isTyping = isField(event.target);
      const found = latest.current.find((one) => one.key === event.key && (one.inFields || !isTyping));
      if (!found || (document.querySelector("dialog[open]") && !found.inFields)) return;
      event.preventDefault();
      found.run();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
}

const WRITTEN_IN = "textarea, select, [contenteditable=true], input:not([type=checkbox]):not([type=radio]):not([type=button])";

function isField(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches(WRITTEN_IN);
}
