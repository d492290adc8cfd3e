import { useState } from "react";
import { PhoneText } from "../cards/PhoneText";
import { shortened } from "../elder/shortened";
import { useElderMode } from "../elder/useElder";
import { words } from "../words";

const LONG_CHARACTERS = 280;
const LONG_LINES = 12;

/** More than about one phone screen. */
export function isLong(lines: string[]): boolean {
  return lines.join("").length > LONG_CHARACTERS || lines.length > LONG_LINES;
}

/** A reply's text, folded when it is long; in 长辈模式 after its first sentences. */
export function LongText({ text }: { text: string }) {
  const [isOpen, setOpen] = useState(false);
  const elder = useElderMode();
  const first = elder.isOn ? shortened(text) : text;
  const folds = elder.isOn ? first !== text : isLong(text.split("\n"));
  return (
    <>
      <p className={folds && !isOpen && !elder.isOn ? "folded" : undefined}>
        <PhoneText text={isOpen ? text : first} />
      </p>
      {folds && <Unfold isOpen={isOpen} onToggle={() => setOpen(!isOpen)} />}
    </>
  );
}

export function Unfold({ isOpen, onToggle }: { isOpen: boolean; onToggle: () => void }) {
  return (
    <button type="button" className="link" aria-expanded={isOpen} data-testid="unfold" onClick={onToggle}>
      {isOpen ? words.answer.fold : words.answer.unfold}
    </button>
  );
}
