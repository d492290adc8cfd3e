import { type RefObject } from "react";
import type { FilingLine } from "./filing";
import { day, moment } from "./format";
import { words } from "./words";

interface Props {
  filings: readonly FilingLine[];
  open: string | null;
  /** The one that the keys stand on. */
  at?: number;
  items?: RefObject<Map<number, HTMLButtonElement>>;
  label: string;
  onOpen: (filing: FilingLine) => void;
}

const TONES: Record<string, string> = { submitted: "warn", ending: "warn", returned: "warn", confirmed: "" };

export const Status = ({ filing }: { filing: FilingLine }) => (
  <span className={`badge ${TONES[filing.status] ?? "plain"} wraps`}>{filing.status_title}</span>
);

/** Filings a line each; what tells of a person is masked. */
export function FilingList({ filings, open, at, items, label, onOpen }: Props) {
  return (
    <ul className="filings" aria-label={label}>
      {filings.map((one, index) => (
        <li key={one.filing_no}>
          <button type="button" data-testid="filing-line" aria-current={one.filing_no === open ? "true" : undefined}
            tabIndex={at === undefined || at === index ? 0 : -1} onClick={() => onOpen(one)}
            ref={(element) => { if (element) items?.current?.set(index, element); }}>
            <span className="filing-no">{one.filing_no}</span>
            <span className="filing-who">{one.name} · {one.insured_region.name} → {one.treatment_region.name}</span>
            <span className="filing-what">{one.kind_title} · {one.purpose_title} · {words.list.starts(day(one.starts_on))}</span>
            <span className="filing-what">{words.list.submitted(moment(one.submitted_at))}</span>
            <Status filing={one} />
          </button>
        </li>
      ))}
    </ul>
  );
}
