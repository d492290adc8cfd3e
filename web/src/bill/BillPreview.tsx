import { type MouseEvent, useState } from "react";
import { toTheCent } from "../cost/money";
import { words } from "../words";
import { byLine, classWords, FIRST_ROWS } from "./checks";
import type { BillFault, BillRow, BillSum, ReadBill } from "./protocol";

export function BillPreview({ bill }: { bill: ReadBill }) {
  return (
    <>
      <Faults faults={bill.errors} />
      <Sums sums={bill.sums} />
      {bill.notes.map((note) => (
        <p key={note} className="quiet" data-testid="bill-note">
          {note}
        </p>
      ))}
      <Rows rows={bill.rows} />
    </>
  );
}

function Faults({ faults }: { faults: BillFault[] }) {
  return (
    <div role="alert">
      {faults.length > 0 && (
        <div className="bill-faults" data-testid="bill-faults">
          <p>{words.bill.faults(faults.length)}</p>
          <ul>
            {byLine(faults).map(({ line, message }, at) => (
              <li key={`${line}-${at}`}>{message}</li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

function Sums({ sums }: { sums: BillSum[] }) {
  if (sums.length === 0) return null;
  return (
    <table className="cost-table" data-testid="bill-sums">
      <caption>{words.bill.sums}</caption>
      <tbody>
        {sums.map(({ name, title, amount }) => (
          <tr key={name}>
            <th scope="row">{title}</th>
            <td>{words.cost.yuan(toTheCent(amount))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Rows({ rows }: { rows: BillRow[] }) {
  const [areAllShown, showAll] = useState(false);
  const unfold = (event: MouseEvent<HTMLButtonElement>) => {
    // The button is about to go; keep the keyboard's place in the list.
    event.currentTarget.closest<HTMLElement>(".sheet-body")?.focus({ preventScroll: true });
    showAll(true);
  };
  if (rows.length === 0) return null;
  const shown = areAllShown ? rows : rows.slice(0, FIRST_ROWS);
  return (
    <>
      <table className="cost-table bill-rows" data-testid="bill-rows">
        <caption>{words.bill.rows(rows.length)}</caption>
        <thead>
          <tr>
            <th scope="col">{words.bill.line}</th>
            <th scope="col">{words.bill.item}</th>
            <th scope="col">{words.bill.amount}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((row, at) => (
            <tr key={`${row.line}-${at}`}>
              <td>{row.line}</td>
              <th scope="row">
                {row.name}
                <span className="quiet">{classWords(row)}</span>
              </th>
              <td>{toTheCent(row.amount)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length < rows.length && (
        <button type="button" className="link" data-testid="bill-all" onClick={unfold}>
          {words.bill.showAll(rows.length)}
        </button>
      )}
    </>
  );
}
