import { useState } from "react";
import { PhoneText } from "../../cards/PhoneText";
import { CostChart } from "../../cost/CostChart";
import { CostTable } from "../../cost/CostTable";
import { plain } from "../../cost/money";
import type { CostCustom, CostSettlement } from "../../cost/protocol";
import { settlementsOf, shares } from "../../cost/shares";
import { costWords } from "../../cost/words";
import { chineseDay, citationLine } from "../../format";
import { Asked } from "./Asked";
import type { Estimate } from "./protocol";
import { SheetTable } from "./SheetTable";
import { costDeskWords as words } from "./words";

interface Props {
  estimate: Estimate;
  onPick: (name: string, value: string) => void;
}

/** What the bill comes to, or what is missing to tell; with every source. */
export function Result({ estimate, onPick }: Props) {
  const { cost, missing, may_differ_by, why_not } = estimate;
  return (
    <>
      {missing.length > 0 && (
        <Asked title={cost ? words.open : words.missing} fields={missing} name="missing" onPick={onPick} />
      )}
      {!cost && estimate.conclusion && <p data-testid="cost-said-already">{estimate.conclusion}</p>}
      {why_not.length > 0 && <WhyNot lines={why_not} />}
      {cost && <Computed cost={cost} admitted={estimate.admitted_on} />}
      {estimate.sheet_rows.length > 0 && <SheetTable rows={estimate.sheet_rows} lines={estimate.sheet_lines} />}
      {may_differ_by.length > 0 && cost && (
        <details className="cost-differs">
          <summary>{words.differs(may_differ_by.length)}</summary>
          <Asked fields={may_differ_by} name="differs" onPick={onPick} />
        </details>
      )}
      <Sources estimate={estimate} />
    </>
  );
}

function Computed({ cost, admitted }: { cost: CostCustom; admitted: string }) {
  const [label, setLabel] = useState("");
  const settlements = settlementsOf(cost);
  const picked = settlements.find((one) => one.label === label) ?? settlements[0];
  const isChoice = settlements.length > 1;
  return (
    <div className="cost" data-testid="cost">
      {isChoice && <Pick settlements={settlements} picked={picked} onPick={setLabel} />}
      <Headline total={cost.total} settlement={picked} />
      <p className="hint">{isChoice ? words.admitted(chineseDay(admitted)) : `${cost.title}，${words.admitted(chineseDay(admitted))}`}</p>
      <CostTable key={picked.label} total={cost.total} settlement={picked} label={isChoice ? picked.label : ""} />
      <CostChart total={cost.total} components={picked.components} />
      <Notes cost={cost} />
    </div>
  );
}

interface PickProps {
  settlements: readonly CostSettlement[];
  picked: CostSettlement;
  onPick: (label: string) => void;
}

function Pick({ settlements, picked, onPick }: PickProps) {
  return (
    <fieldset className="segments" data-testid="cost-pick">
      <legend>{words.pick}</legend>
      {settlements.map(({ label }) => (
        <label key={label}>
          <input type="radio" name="cost-pick" checked={label === picked.label} onChange={() => onPick(label)} />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  );
}

function Headline({ total, settlement }: { total: string; settlement: CostSettlement }) {
  const { patient, fund } = shares(total, settlement, plain);
  const rows = [["patient", patient], ["fund", fund]] as const;
  return (
    <div role="status">
      <dl className="cost-headline" data-testid="cost-headline">
        {rows.map(([payer, sum]) => (
          <div key={payer} className={payer}>
            <dt>{costWords.payer[payer]}</dt>
            <dd>{costWords.yuan(sum)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function Notes({ cost: { assumptions, note } }: { cost: CostCustom }) {
  return (
    <>
      {assumptions.length > 0 && <h3>{costWords.assumptions}</h3>}
      <ul className="assumptions" data-testid="cost-assumptions">
        {assumptions.map((line) => <li key={line}><PhoneText text={line} /></li>)}
      </ul>
      {note && <p className="warning" data-testid="cost-note"><PhoneText text={note} /></p>}
    </>
  );
}

function WhyNot({ lines }: { lines: readonly string[] }) {
  return (
    <div data-testid="cost-why-not">
      <h3>{words.notComputable}</h3>
      {lines.map((line) => <p key={line}><PhoneText text={line} /></p>)}
    </div>
  );
}

function Sources({ estimate: { sources } }: { estimate: Estimate }) {
  if (sources.length === 0) return null;
  return (
    <section className="cost-sources" data-testid="cost-sources">
      <h3>{words.sources}</h3>
      <ul>{sources.map((one) => <li key={citationLine(one)}>{citationLine(one)}</li>)}</ul>
    </section>
  );
}
