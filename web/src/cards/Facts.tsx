import type { ReactNode } from "react";
import { words } from "../words";
import { CopyNumber } from "./CopyNumber";
import { PhoneText } from "./PhoneText";

/** What it is called in tests, its title, and what it is; left out when that isn't known. */
export type Fact = [name: string, title: string, value: ReactNode];

/** A filing's number, then what else is known of it. */
export function Facts({ number, facts }: { number: string; facts: Fact[] }) {
  return (
    <dl className="facts">
      <dt>{words.receipt.number}</dt>
      <dd>
        <CopyNumber number={number} />
      </dd>
      {facts.map(([name, title, value]) =>
        value ? (
          <div key={name} className="fact">
            <dt>{title}</dt>
            <dd data-testid={`filing-${name}`}>{typeof value === "string" ? <PhoneText text={value} /> : value}</dd>
          </div>
        ) : null,
      )}
    </dl>
  );
}
