import { useFileChooser } from "../useFileChooser";
import { words } from "../words";
import { ACCEPTED } from "./checks";

export function BillButton({ onChoose }: { onChoose: (file: File) => void }) {
  const { open, hidden } = useFileChooser(onChoose);
  return (
    <>
      <button
        type="button"
        className="bill-button"
        aria-label={words.bill.buttonHint}
        aria-haspopup="dialog"
        data-testid="bill-button"
        onClick={open}
      >
        {words.bill.button}
      </button>
      <input {...hidden} accept={ACCEPTED.join(",")} data-testid="bill-file" />
    </>
  );
}
