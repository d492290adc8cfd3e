import { Button } from "@chatui/core";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { useActions } from "../chat/actions";
import { useDialog } from "../useDialog";
import { words } from "../words";
import { BillPreview } from "./BillPreview";
import type { ReadBill } from "./protocol";
import type { Reading } from "./useBill";

interface Props {
  reading: Reading | null;
  onRetry: (file: File) => void;
  onClose: () => void;
}

/** What was read of a bill, to be looked at before it is used. */
export function BillSheet({ reading, ...handlers }: Props) {
  return reading && <Sheet reading={reading} {...handlers} />;
}

function Sheet({ reading, onRetry, onClose }: Props & { reading: Reading }) {
  const { dialog, title } = useStagedDialog(reading.stage);
  const { file, stage } = reading;
  // Browsers without modal dialogs don't close on Esc by themselves.
  const key = (event: KeyboardEvent) => event.key === "Escape" && onClose();
  return (
    <dialog ref={dialog} className="dialog sheet" aria-labelledby="bill-title" onClose={onClose} onKeyDown={key} data-testid="bill">
      <h2 id="bill-title" ref={title} tabIndex={-1}>
        {words.bill.title}
      </h2>
      {/* It scrolls, so the keyboard must reach it. */}
      <div className="sheet-body" tabIndex={0} role="group" aria-labelledby="bill-title">
        <div role="status">{stage === "reading" && <p>{words.bill.reading(file.name)}</p>}</div>
        <div role="alert">{stage === "failed" && <p data-testid="bill-problem">{reading.message}</p>}</div>
        {stage === "read" && <BillPreview bill={reading.bill} />}
      </div>
      <div className="dialog-buttons">
        <Button onClick={onClose} data-testid="bill-cancel">
          {stage === "failed" && !reading.canRetry ? words.bill.close : words.bill.cancel}
        </Button>
        {stage === "failed" && reading.canRetry && (
          <Button color="primary" onClick={() => onRetry(file)} data-testid="bill-retry">
            {words.bill.retry}
          </Button>
        )}
        {stage === "read" && <UseButton bill={reading.bill} onClose={onClose} />}
      </div>
    </dialog>
  );
}

function UseButton({ bill: { payload, title }, onClose }: { bill: ReadBill; onClose: () => void }) {
  const { press } = useActions();
  const use = (payload: string) => {
    onClose();
    press({ title, payload });
    // After the dialog has given the focus back: what is read next is in the log.
    requestAnimationFrame(() => document.getElementById("log")?.focus({ preventScroll: true }));
  };
  return (
    <Button color="primary" disabled={payload === null} onClick={() => payload && use(payload)} data-testid="bill-use">
      {words.bill.use}
    </Button>
  );
}

/** The open dialog, with the focus on its title, again at each stage: the button that was pressed may be gone. */
function useStagedDialog(stage: Reading["stage"]) {
  const dialog = useDialog();
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), [stage]);
  return { dialog, title };
}
