import { toTheCent } from "../../cost/money";
import { PhoneText } from "../../cards/PhoneText";
import type { SheetRow } from "./protocol";
import { costDeskWords as words } from "./words";

/** The settlement sheet's sums beside ours, and what may explain the first that differs. */
export function SheetTable({ rows, lines }: { rows: readonly SheetRow[]; lines: readonly string[] }) {
  return (
    <section data-testid="cost-sheet">
      <h3>{words.sheetTitle}</h3>
      <table className="table">
        <thead>
          <tr>
            <th scope="col" />
            <th scope="col" className="number">{words.onSheet}</th>
            <th scope="col" className="number">{words.ours}</th>
            <th scope="col" />
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.name} data-testid={`cost-sheet-${row.name}`}>
              <th scope="row">{row.title}</th>
              <td className="number">{toTheCent(row.sheet)}</td>
              <td className="number">{row.ours === null ? words.unprinted : toTheCent(row.ours)}</td>
              <td><span className={row.is_same ? "badge" : "badge warn"}>{row.is_same ? words.same : words.other}</span></td>
            </tr>
          ))}
        </tbody>
      </table>
      {lines.map((line) => <p key={line} className="cost-explained"><PhoneText text={line} /></p>)}
    </section>
  );
}
