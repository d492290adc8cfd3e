import type { ReactNode } from "react";
import { useSession } from "../session";
import { Clear } from "./Clear";
import { Audit, Timeline } from "./Course";
import { fileAddress, type Filing, type Found } from "./filing";
import { FilingList, Status } from "./FilingList";
import { day } from "./format";
import { Papers } from "./Papers";
import { words } from "./words";

const said = words.detail;

interface Props {
  found: Found;
  /** What can be decided, above everything else. */
  children?: ReactNode;
  onOpen: (no: string) => void;
}

/** All of a filing, masked; what its role lets one do with it. */
export function FilingDetail({ found, children, onOpen }: Props) {
  const { filing, duplicates, limits } = found;
  const mayDecide = useSession().officer.role !== "agent";
  const no = filing.filing_no;
  return (
    <article className="panel filing" aria-labelledby="filing-title" data-testid="filing">
      <header>
        <h2 id="filing-title" tabIndex={-1}>{filing.kind_title} <span className="filing-no">{no}</span></h2>
        <Status filing={filing} />
      </header>
      {children}
      <Facts filing={filing} onOpen={onOpen} />
      <h3>{said.particulars}</h3>
      {filing.particulars.length === 0 ? <p className="hint">{said.erased}</p> : (
        <Clear key={no} no={no}>
          <dl className="rows">
            {filing.particulars.map((line) => <div key={line.field}><dt>{line.title}</dt><dd>{line.value}</dd></div>)}
          </dl>
        </Clear>
      )}
      <h3>{said.limits}</h3>
      <p data-testid="filing-limits">{limits.text ? `${limits.text}。` : said.noLimit}<span className="hint">{said.timesChanged(limits.changed_before.length)}。</span></p>
      {duplicates.length > 0 ? (
        <div className="notice duplicates" data-testid="filing-duplicates">
          <h3>{said.duplicates}</h3>
          <FilingList filings={duplicates} open={null} label={said.duplicates} onOpen={(one) => onOpen(one.filing_no)} />
        </div>
      ) : <p className="hint">{said.noDuplicates}</p>}
      {mayDecide && (
        <>
          <h3>{words.papers.title}</h3>
          <Papers key={no} no={no} papers={filing.papers} />
          {filing.particulars.length > 0 && (
            <p><a className="button" href={fileAddress(no, "/document")} target="_blank" rel="noopener">{said.document}</a></p>
          )}
        </>
      )}
      <h3>{said.timeline}</h3>
      <Timeline filing={filing} of={filing.timeline} />
      {mayDecide && <Audit key={no} no={no} />}
    </article>
  );
}

function Facts({ filing, onOpen }: { filing: Filing; onOpen: (no: string) => void }) {
  const until = filing.valid_to ? day(filing.valid_to)
    : filing.validity === "permanent" ? said.facts.permanent : said.facts.notStated;
  const other = (no: string | null) => no && (
    <button type="button" className="button quiet linked" onClick={() => onOpen(no)}>{no}</button>
  );
  const rows: [string, ReactNode][] = [
    [said.facts.purpose, filing.purpose_title],
    [said.facts.insured, filing.insured_region.name],
    [said.facts.treatment, filing.treatment_region.name],
    [said.facts.starts, day(filing.starts_on)],
    [said.facts.confirmed, filing.confirmed_on && day(filing.confirmed_on)],
    [said.facts.effective, filing.effective_on && day(filing.effective_on)],
    [said.facts.until, filing.effective_on && until],
    [said.facts.predecessor, other(filing.predecessor)],
    [said.facts.successor, other(filing.successor)],
  ];
  return (
    <dl className="rows">
      {rows.map(([title, value]) => value && <div key={title}><dt>{title}</dt><dd>{value}</dd></div>)}
    </dl>
  );
}
