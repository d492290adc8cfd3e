import { words } from "../words";
import { differenceWords, plain } from "./money";
import type { WhatIf } from "./protocol";

/** What the same bill would cost in other circumstances. */
export function WhatIfTable({ cases }: { cases: WhatIf[] }) {
  if (cases.length === 0) return null;
  return (
    <table className="cost-table what-if" data-testid="cost-what-if">
      <caption>{words.cost.whatIf}</caption>
      <thead>
        <tr>
          <th scope="col">{words.cost.ifSo}</th>
          <th scope="col">{words.cost.payer.patient}</th>
          <th scope="col">{words.cost.difference}</th>
        </tr>
      </thead>
      {cases.map(({ label, patient, difference, reason }) => (
        <tbody key={label}>
          <tr>
            <th scope="row">{label}</th>
            <td>{words.cost.yuan(plain(patient))}</td>
            <td>{differenceWords(difference)}</td>
          </tr>
          {reason && (
            <tr>
              <td colSpan={3}>{reason}</td>
            </tr>
          )}
        </tbody>
      ))}
    </table>
  );
}
