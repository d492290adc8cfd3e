import { type RefObject, useEffect, useRef } from "react";

/**
 * The ref of a `<dialog>` that is open, before everything else, as long as its component is there.
 * Gone, the focus is back where it was, unless something else has taken it. A browser without
 * modal dialogs shows it in its place in the page.
 */
export function useDialog(): RefObject<HTMLDialogElement> {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    const before = document.activeElement;
    if (element?.showModal) element.showModal();
    else element?.setAttribute("open", "");
    return () => {
      element?.close?.();
      if (before instanceof HTMLElement && document.activeElement === document.body) before.focus({ preventScroll: true });
    };
  }, []);
  return dialog;
}
