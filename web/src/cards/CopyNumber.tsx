import { useState } from "react";
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

/** Browsers give the clipboard to https pages only; the older way works elsewhere too. */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelecting(text);
  }
}

function copyBySelecting(text: string): boolean {
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "sr-only";
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  return done;
}
