/** The words for the caller, large, a breath to a line. */
import { useDialog } from "../../useDialog";
import type { Card } from "./types";
import { words } from "./words";

export function Aloud({ card, onClose }: { card: Card; onClose: () => void }) {
  const dialog = useDialog();
  return (
    <dialog ref={dialog} className="dialog aloud" aria-labelledby="aloud-title" onClose={onClose} data-testid="desk-script">
      <h2 id="aloud-title">{words.aloudTitle}</h2>
      <div className="script" tabIndex={0} role="group" aria-labelledby="aloud-title">
        {card.read_aloud.map((line, n) => <p key={`${n}${line}`}>{line}</p>)}
      </div>
      <form method="dialog"><button className="button primary">{words.close} <kbd>Esc</kbd></button></form>
    </dialog>
  );
}
