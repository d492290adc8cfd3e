import { useState } from "react";
import { copyText } from "../copyText";
import { words } from "../words";
import { FilingNumber } from "./FilingNumber";

/** A filing number with a button that copies it. */
export function CopyNumber({ number }: { number: string }) {
  const [done, setDone] = useState<boolean | null>(null);
  const copy = async () => setDone(await copyText(number));
  const { copied, copyFailed } = words.receipt;
  return (
    <span className="copy">
      <strong className="number" data-testid="receipt-no">
        <FilingNumber number={number} />
      </strong>
      <button type="button" className="link" data-testid="receipt-copy" onClick={copy}>
        {done ? copied : words.receipt.copy}
      </button>
      <span role="status" className={done ? "sr-only" : undefined}>
        {done !== null && (done ? copied : copyFailed)}
      </span>
    </span>
  );
}
