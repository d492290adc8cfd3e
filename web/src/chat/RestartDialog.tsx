import { Button } from "@chatui/core";
import { useDialog } from "../useDialog";
import { words } from "../words";

interface Props {
  onConfirm: () => void;
  onCancel: () => void;
}

/** Asks once before clearing. The browser's own dialog keeps the focus inside and closes on Esc. */
export function RestartDialog({ onConfirm, onCancel }: Props) {
  const dialog = useDialog();
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby="restart-title" onClose={onCancel}>
      <h2 id="restart-title">{words.restart.title}</h2>
      <p>{words.restart.body}</p>
      <div className="dialog-buttons">
        <Button onClick={onCancel} data-testid="restart-cancel">
          {words.restart.cancel}
        </Button>
        <Button color="primary" onClick={onConfirm} data-testid="restart-confirm">
          {words.restart.confirm}
        </Button>
      </div>
    </dialog>
  );
}
