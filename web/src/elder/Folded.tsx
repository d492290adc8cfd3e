import { type ReactNode, useState } from "react";
import { useElderMode } from "./useElder";

/** What isn't needed first: in 长辈模式 behind a button of this title, else simply there. */
export function Folded({ title, children }: { title: string; children: ReactNode }) {
  const { isOn } = useElderMode();
  const [isOpen, setOpen] = useState(false);
  if (!isOn) return children;
  return (
    <>
      <button type="button" className="unfold" aria-expanded={isOpen} data-testid="elder-unfold" onClick={() => setOpen(!isOpen)}>
        {title}
      </button>
      {isOpen && children}
    </>
  );
}
