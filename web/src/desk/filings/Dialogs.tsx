import { type FormEvent, type ReactNode, useState } from "react";
import { useDialog } from "../../useDialog";
import { day, today } from "./format";
import type { Filing } from "./filing";
import type { useDecision } from "./useDecision";
import { words } from "./words";

const said = words.decide;
const SHORTEST_REASON = 5;

interface Props {
  filing: Filing;
  decision: ReturnType<typeof useDecision>;
  onClose: () => void;
}

/** The day of confirmation, asked once. */
export function ConfirmDialog({ filing, decision, onClose }: Props) {
  const last = today(new Date());
  const [on, setOn] = useState(last);
  return (
    <Asking title={said.askConfirm(filing.filing_no, filing.kind_title)} button={said.confirm} decision={decision}
      onClose={onClose} onSend={() => void decision.send("confirm", { on })}>
      <label className="field">
        <span>{said.on}</span>
        <input type="date" value={on} min={today(new Date(filing.submitted_at))} max={last} required autoFocus
          data-testid="decide-on" onChange={(event) => setOn(event.target.value)} />
      </label>
      <p className="hint">{on ? day(on) : ""} {said.onHint}</p>
    </Asking>
  );
}

export function ReturnDialog({ filing, decision, onClose }: Props) {
  const [reason, setReason] = useState("");
  const [fields, setFields] = useState<readonly string[]>([]);
  const tick = (field: string) =>
    setFields(fields.includes(field) ? fields.filter((one) => one !== field) : [...fields, field]);
  const send = () => {
    if (reason.trim().length < SHORTEST_REASON) return decision.setProblem(said.reasonShort);
    void decision.send("return", { reason: reason.trim(), fields });
  };
  return (
    <Asking title={said.askReturn(filing.filing_no)} button={said.return} decision={decision} onClose={onClose} onSend={send}>
      <label className="field">
        <span>{said.common}</span>
        <select value="" autoFocus data-testid="decide-common" onChange={(event) => setReason(event.target.value)}>
          <option value="">{said.pick}</option>
          {said.commonReasons.map((one) => <option key={one}>{one}</option>)}
        </select>
      </label>
      <ReasonField value={reason} onChange={setReason} />
      <fieldset>
        <legend>{said.fields}</legend>
        <div className="to-mend" tabIndex={0} role="group" aria-label={said.fields}>
          {filing.mendable.map((one) => (
            <label className="check" key={one.field}>
              <input type="checkbox" checked={fields.includes(one.field)} onChange={() => tick(one.field)} />
              {one.title}
            </label>
          ))}
        </div>
      </fieldset>
    </Asking>
  );
}

export function EndDialog({ filing, decision, onClose }: Props) {
  const [agreed, setAgreed] = useState<boolean | null>(null);
  const [reason, setReason] = useState("");
  const send = () => {
    if (agreed === null) return decision.setProblem(said.choose);
    if (!agreed && reason.trim().length < SHORTEST_REASON) return decision.setProblem(said.reasonShort);
    void decision.send("end", agreed ? { agreed } : { agreed, reason: reason.trim() });
  };
  return (
    <Asking title={said.askEnd(filing.filing_no)} button={said.end} decision={decision} onClose={onClose} onSend={send}>
      <fieldset>
        <legend>{said.end}</legend>
        {([[true, said.agree], [false, said.refuse]] as const).map(([value, title]) => (
          <label className="check" key={title}>
            <input type="radio" name="agreed" checked={agreed === value} autoFocus={value}
              onChange={() => setAgreed(value)} />
            {title}
          </label>
        ))}
      </fieldset>
      {agreed === false && <ReasonField value={reason} onChange={setReason} />}
    </Asking>
  );
}

function ReasonField({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  return (
    <label className="field">
      <span>{said.reason}</span>
      <textarea value={value} maxLength={300} data-testid="decide-reason" onChange={(event) => onChange(event.target.value)} />
    </label>
  );
}

interface AskingProps extends Omit<Props, "filing"> {
  title: string;
  button: string;
  onSend: () => void;
  children: ReactNode;
}

function Asking({ title, button, decision, onClose, onSend, children }: AskingProps) {
  const dialog = useDialog();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSend();
  };
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby="decide-title" onClose={onClose} data-testid="decide">
      <form onSubmit={submit} noValidate>
        <h2 id="decide-title">{title}</h2>
        {children}
        <div role="alert">{decision.problem && <p className="error" data-testid="decide-problem">{decision.problem}</p>}</div>
        <div className="decide">
          <button type="submit" className="button primary" data-testid="decide-send" aria-disabled={decision.isBusy}>
            {decision.isBusy ? said.busy : button}
          </button>
          <button type="button" className="button" onClick={() => dialog.current?.close()}>{said.cancel}</button>
        </div>
      </form>
    </dialog>
  );
}
