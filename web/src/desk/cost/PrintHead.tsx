import { chineseDay } from "../../format";
import type { Estimate, Form } from "./protocol";
import { costDeskWords as words } from "./words";

/** On paper only: what was told, and when. */
export function PrintHead({ form, estimate }: { form: Form; estimate: Estimate | null }) {
  if (!estimate) return null;
  return (
    <header className="cost-print-only" data-testid="cost-print-head">
      <h2>{form.title}</h2>
      <p>{words.printed(chineseDay(form.today))} {form.note}</p>
      <dl className="cost-case">
        {estimate.case.map((line) => (
          <div key={line.name}>
            <dt>{line.title}</dt>
            <dd>{line.value}</dd>
          </div>
        ))}
      </dl>
    </header>
  );
}
