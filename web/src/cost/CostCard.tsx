import { Card } from "@chatui/core";
import { useId, useState } from "react";
import { PhoneText } from "../cards/PhoneText";
import { Folded } from "../elder/Folded";
import { words } from "../words";
import { CostChart } from "./CostChart";
import { CostTable } from "./CostTable";
import { plain } from "./money";
import type { CostCustom, CostSettlement } from "./protocol";
import { settlementsOf, shares } from "./shares";
import { WhatIfTable } from "./WhatIfTable";

/** What a bill comes to: who pays what, how it was reckoned, and what would change it. */
export function CostCard({ cost }: { cost: CostCustom }) {
  const [picked, setPicked] = useState(0);
  const settlements = settlementsOf(cost);
  const settlement = settlements[picked] ?? settlements[0];
  const isChoice = settlements.length > 1;
  // The title may name the first of them only.
  const title = isChoice && cost.title === settlements[0].label ? words.cost.title : cost.title;
  return (
    <Card className="card cost" data-testid="cost">
      <h3>{title}</h3>
      {isChoice && <Levels settlements={settlements} picked={picked} onPick={setPicked} />}
      <Headline total={cost.total} settlement={settlement} />
      <Folded title={words.cost.howReckoned}>
        {/* The list reads out what is new in it: here that would be the whole table at each choice. */}
        <div aria-live="off">
          <CostChart total={cost.total} components={settlement.components} />
          <CostTable key={picked} total={cost.total} settlement={settlement} label={isChoice ? settlement.label : ""} />
        </div>
        <WhatIfTable cases={cost.what_if} />
      </Folded>
      <Assumptions cost={cost} />
    </Card>
  );
}

function Headline({ total, settlement }: { total: string; settlement: CostSettlement }) {
  const { patient, fund } = shares(total, settlement, plain);
  const { payer, yuan } = words.cost;
  return (
    <>
      <div role="status">
        <dl className="cost-headline" data-testid="cost-headline">
          <div className="patient">
            <dt>{payer.patient}</dt>
            <dd>{yuan(patient)}</dd>
          </div>
          <div className="fund">
            <dt>{payer.fund}</dt>
            <dd>{yuan(fund)}</dd>
          </div>
        </dl>
      </div>
      <p className="quiet">
        {words.cost.total} {yuan(plain(total))}
      </p>
    </>
  );
}

interface LevelsProps {
  settlements: CostSettlement[];
  picked: number;
  onPick: (at: number) => void;
}

function Levels({ settlements, picked, onPick }: LevelsProps) {
  const group = useId();
  return (
    <fieldset className="segments">
      <legend>{words.cost.pickLevel}</legend>
      {settlements.map(({ label }, at) => (
        <label key={`${at}-${label}`}>
          <input type="radio" name={group} checked={at === picked} onChange={() => onPick(at)} />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  );
}

function Assumptions({ cost: { assumptions, note } }: { cost: CostCustom }) {
  return (
    <>
      {assumptions.length > 0 && (
        <>
          <h4>{words.cost.assumptions}</h4>
          <ul className="assumptions" data-testid="cost-assumptions">
            {assumptions.map((line) => (
              <li key={line}>
                <PhoneText text={line} />
              </li>
            ))}
          </ul>
        </>
      )}
      {note && (
        <p className="warning" data-testid="cost-note">
          <PhoneText text={note} />
        </p>
      )}
    </>
  );
}
