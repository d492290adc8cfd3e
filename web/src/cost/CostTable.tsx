import { useId, useState } from "react";
import { SumText } from "../cards/SumText";
import { citationLine } from "../format";
import { words } from "../words";
import { asSum, cents, toTheCent } from "./money";
import type { CostComponent, CostSettlement, Payer } from "./protocol";
import { shares } from "./shares";
import { unaccounted } from "./waterfall";

interface Props {
  total: string;
  settlement: CostSettlement;
  /** Which of several it is. */
  label: string;
}

/** Every part to the cent, with how it was reckoned and what it rests on. */
export function CostTable({ total, settlement, label }: Props) {
  return (
    <table className="cost-table" data-testid="cost-table">
      <caption>
        {words.cost.table}
        {label && ` · ${label}`}
      </caption>
      <thead>
        <tr>
          <th scope="col">{words.cost.item}</th>
          <th scope="col">{words.cost.amount}</th>
        </tr>
      </thead>
      {settlement.components.map((part) => (
        <Component key={part.name} part={part} />
      ))}
      <Foot total={total} settlement={settlement} />
    </table>
  );
}

function Component({ part }: { part: CostComponent }) {
  const [isOpen, setOpen] = useState(false);
  const moreId = useId();
  return (
    <tbody data-testid={`cost-${part.name}`}>
      <tr>
        <th scope="row">
          {part.says || part.citations.length > 0 ? (
            <button type="button" className="term" aria-expanded={isOpen} aria-controls={moreId} onClick={() => setOpen(!isOpen)}>
              {part.title}
            </button>
          ) : (
            <span className="term-plain">{part.title}</span>
          )}
          <Mark payer={part.payer} />
        </th>
        <td>{part.is_unprinted ? words.cost.unprinted : toTheCent(part.amount)}</td>
      </tr>
      <tr>
        <td colSpan={2}>
          <p>
            <SumText text={part.formula} />
          </p>
          {!isOpen && <ShortSource part={part} />}
          <div id={moreId} hidden={!isOpen}>
            <More part={part} />
          </div>
        </td>
      </tr>
    </tbody>
  );
}

function Mark({ payer }: { payer: Payer }) {
  return <span className={`cost-key cost-key--${payer}`}>{words.cost.payer[payer]}</span>;
}

/** One line of it: the document's name is cut before the clause is. */
function ShortSource({ part: { citations, source_kind } }: { part: CostComponent }) {
  const [first] = citations;
  if (!first && !source_kind) return null;
  const tail = citations.length > 1 ? words.cost.sources(citations.length) : first?.clause;
  return (
    <p className="cost-source">
      {source_kind && <span className="cost-kind">{words.cost.sourceKind[source_kind]}</span>}
      {first && <span className="cost-document">{first.document}</span>}
      {tail && <span className="cost-clause">{tail}</span>}
    </p>
  );
}

function More({ part }: { part: CostComponent }) {
  return (
    <>
      {part.says && (
        <p className="cost-says">
          <SumText text={part.says} />
        </p>
      )}
      {cents(part.remaining) > 0 && <p>{words.cost.remaining(toTheCent(part.remaining))}</p>}
      {part.citations.map((citation) => (
        <p key={citationLine(citation)} data-testid="citation-full">
          {words.answer.source}：{citationLine(citation)}
        </p>
      ))}
    </>
  );
}

function Foot({ total, settlement }: Omit<Props, "label">) {
  const { patient, fund } = shares(total, settlement, toTheCent);
  const left = unaccounted(total, settlement.components);
  const sums = [
    ...(left > 0 ? [[words.cost.unknown, toTheCent(asSum(left))]] : []),
    [words.cost.payer.patient, patient],
    [words.cost.payer.fund, fund],
    [words.cost.total, toTheCent(total)],
  ];
  return (
    <tfoot>
      {sums.map(([title, sum]) => (
        <tr key={title}>
          <th scope="row">{title}</th>
          {/* A range may break after its ～, nothing else may. */}
          <td>{sum?.replace("～", "\u2060～\u200b")}</td>
        </tr>
      ))}
    </tfoot>
  );
}
