import { type ChangeEvent, useRef } from "react";
import { words } from "../words";
import { ACCEPTED } from "./checks";

export function BillButton({ onChoose }: { onChoose: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const chosen = (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    // The same file, once corrected, can be chosen again.
    event.target.value = "";
    if (file) onChoose(file);
  };
  return (
    <>
      <button
        type="button"
        className="bill-button"
        aria-label={words.bill.buttonHint}
        aria-haspopup="dialog"
        data-testid="bill-button"
        onClick={() => input.current?.click()}
      >
        {words.bill.button}
      </button>
      <input ref={input} type="file" hidden accept={ACCEPTED.join(",")} data-testid="bill-file" onChange={chosen} />
    </>
  );
}
