import type { Faults, Line } from "./form";
import { costDeskWords as words } from "./words";

interface Props {
  title: string;
  lines: readonly Line[];
  faults: Faults;
  onChange: (lines: Line[]) => void;
}

const MOST = 50;

/** Class B items, each with how much of it is paid first; they are added up. */
export function ClassBLines({ title, lines, faults, onChange }: Props) {
  const set = (at: number, change: Partial<Line>) =>
    onChange(lines.map((line, place) => (place === at ? { ...line, ...change } : line)));
  return (
    <fieldset className="cost-lines" data-testid="cost-field-class_b_lines">
      <legend>{title}</legend>
      {faults.class_b_lines && <p className="cost-fault" data-testid="cost-fault-class_b_lines">{faults.class_b_lines}</p>}
      {lines.map((line, at) => (
        <div className="cost-line" key={at}>
          <div className="field">
            <input value={line.amount} inputMode="decimal" maxLength={20} placeholder={words.amount} autoComplete="off"
              aria-label={words.lineAmount(at + 1)} aria-invalid={faults[`class_b_lines.${at}.amount`] ? true : undefined}
              data-testid={`cost-line-amount-${at}`} onChange={(event) => set(at, { amount: event.target.value })} />
          </div>
          <div className="field">
            <input value={line.percent} inputMode="decimal" maxLength={8} placeholder={words.percent} autoComplete="off"
              aria-label={words.linePercent(at + 1)} aria-invalid={faults[`class_b_lines.${at}.rate`] ? true : undefined}
              data-testid={`cost-line-percent-${at}`} onChange={(event) => set(at, { percent: event.target.value })} />
          </div>
          <button type="button" className="button quiet" aria-label={words.removeLine(at + 1)}
            onClick={() => onChange(lines.filter((_, place) => place !== at))}>
            {words.remove}
          </button>
          <LineFault at={at} faults={faults} />
        </div>
      ))}
      <button type="button" className="button" data-testid="cost-add-line" disabled={lines.length >= MOST}
        onClick={() => onChange([...lines, { amount: "", percent: "" }])}>
        {words.addLine}
      </button>
      {lines.length > 0 && <p className="hint">{words.percentUntold}</p>}
    </fieldset>
  );
}

function LineFault({ at, faults }: { at: number; faults: Faults }) {
  const said = faults[`class_b_lines.${at}.amount`] ?? faults[`class_b_lines.${at}.rate`];
  return said ? <p className="cost-fault" role="alert">{said}</p> : null;
}
