import { SumText } from "../cards/SumText";
import { words } from "../words";
import { differenceWords, plain } from "./money";
import type { WhatIf } from "./protocol";
import { byReason, underHead } from "./whatIfs";

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
      {byReason(cases).map((alike) => (
        <Alike key={alike[0].label} cases={alike} />
      ))}
    </table>
  );
}

function Alike({ cases }: { cases: [WhatIf, ...WhatIf[]] }) {
  const [{ reason }] = cases;
  return (
    <tbody>
      {cases.map(({ label, patient, difference }) => (
        <tr key={label}>
          <th scope="row">{underHead(label)}</th>
          <td data-label={words.cost.payer.patient}>{words.cost.yuan(plain(patient))}</td>
          <td>{differenceWords(difference)}</td>
        </tr>
      ))}
      {reason && (
        <tr>
          <td colSpan={3}>
            <SumText text={reason} />
          </td>
        </tr>
      )}
    </tbody>
  );
}
