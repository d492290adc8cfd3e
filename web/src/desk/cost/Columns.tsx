import { differenceWords, plain, toTheCent } from "../../cost/money";
import { settlementsOf, shares } from "../../cost/shares";
import { costWords } from "../../cost/words";
import { type Column, MOST_COLUMNS, openPresets } from "./form";
import type { Beside, Comparison, Difference, Estimate, Field } from "./protocol";
import { costDeskWords as words } from "./words";

interface Props {
  estimate: Estimate;
  comparison: Comparison | null;
  columns: readonly Column[];
  /** Every component in the order of working them out, the totals last. */
  order: readonly Field[];
  onAdd: (title: string, changes: Record<string, unknown>) => void;
  onKeep: () => void;
  onRemove: (id: number) => void;
}

/** Other cases beside the one in the form, component by component. */
export function Columns({ estimate, comparison, columns, order, onAdd, onKeep, onRemove }: Props) {
  const isFull = columns.length >= MOST_COLUMNS;
  return (
    <section className="panel cost-columns" aria-label={words.columns} data-testid="cost-columns">
      <h2>{words.columns}</h2>
      <div className="toolbar">
        <button type="button" className="button" data-testid="cost-keep" disabled={isFull} onClick={onKeep}>{words.keep}</button>
        {openPresets(estimate.what_ifs, columns).map((one) => (
          <button key={one.id} type="button" className="button" data-testid={`cost-preset-${one.id}`} disabled={isFull}
            onClick={() => onAdd(one.title, one.changes)}>
            {words.addColumn(one.title)}
          </button>
        ))}
      </div>
      {columns.length === 0 && <p className="hint">{words.columnsHint}</p>}
      {comparison && <Table comparison={comparison} columns={columns} order={order} onRemove={onRemove} />}
    </section>
  );
}

type TableProps = Pick<Props, "columns" | "order" | "onRemove"> & { comparison: Comparison };

function Table({ comparison, columns, order, onRemove }: TableProps) {
  const { base, variants } = comparison;
  const rows = rowsOf(variants, order);
  return (
    <div className="table-around" tabIndex={0} role="region" aria-label={words.columns}>
      <table className="table cost-beside" data-testid="cost-beside">
        <thead>
          <tr>
            <td />
            <th scope="col" className="number">{words.now}</th>
            {variants.map((one, at) => <Head key={columns[at]?.id ?? at} title={one.title} id={columns[at]?.id} onRemove={onRemove} />)}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, title, base: ours }) => (
            <tr key={name} data-testid={`cost-beside-${name}`} className={name.includes("total") ? "sum-row" : undefined}>
              <th scope="row">{title}</th>
              <td className="number">{amountOf(name, ours, base)}</td>
              {variants.map((one, at) => <Cell key={columns[at]?.id ?? at} name={name} beside={one} />)}
            </tr>
          ))}
        </tbody>
      </table>
      {[...new Set(variants.map((one) => one.note))].filter(Boolean).map((note) => <p key={note} className="hint">{note}</p>)}
    </div>
  );
}

/** Every component that any column has. */
function rowsOf(variants: readonly Beside[], order: readonly Field[]): Difference[] {
  const all = variants.flatMap((one) => one.differences);
  return order.flatMap(({ name }) => all.find((row) => row.name === name) ?? []);
}

function Head({ title, id, onRemove }: { title: string; id: number | undefined; onRemove: Props["onRemove"] }) {
  return (
    <th scope="col" className="number">
      {title}
      <button type="button" className="button quiet" aria-label={words.removeColumn(title)}
        onClick={() => id !== undefined && onRemove(id)}>
        {words.remove}
      </button>
    </th>
  );
}

function Cell({ name, beside }: { name: string; beside: Beside }) {
  const row = beside.differences.find((one) => one.name === name);
  if (!row) return <td className="number hint">{beside.differences.length > 0 ? toTheCent("0.00") : words.notYet}</td>;
  return (
    <td className="number">
      {amountOf(name, row.other, beside.estimate)}
      {row.difference !== null && <span className="cost-change">{differenceWords(row.difference)}</span>}
    </td>
  );
}

/** A total with how sure it is; a component as it is, or that nobody printed it. */
function amountOf(name: string, amount: string | null, { cost }: Estimate): string {
  if (amount === null) return words.unprinted;
  if (!cost || !name.includes("total")) return toTheCent(amount);
  const { patient, fund } = shares(cost.total, settlementsOf(cost)[0], plain);
  return costWords.yuan(name.startsWith("patient") ? patient : fund);
}
