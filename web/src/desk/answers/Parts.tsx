/** Small things the policy pages have in common. */
import { chineseDay } from "../../format";
import type { Mark, Provision, Source } from "./types";
import { words } from "./words";

export function Sources({ sources }: { sources: readonly Source[] }) {
  return (
    <ul className="sources">
      {sources.map((one) => (
        <li key={`${one.document}${one.clause}`}><SourceLine source={one} /></li>
      ))}
    </ul>
  );
}

export function SourceLine({ source }: { source: Source }) {
  return (
    <>
      《{source.document}》{source.clause} <span className="hint nowrap">{source.issued}</span>
      {source.is_second_hand && <span className="badge warn">{words.secondHand}</span>}
    </>
  );
}

export function Problem({ text, again }: { text: string; again: () => void }) {
  return (
    <div role="alert" className="error">
      <p className="plain">{text}</p>
      <button type="button" className="button" onClick={again}>{words.again}</button>
    </div>
  );
}

export function Marked({ text, marks }: { text: string; marks: readonly Mark[] }) {
  // The server counts characters as Python does; an emoji is one there and two here.
  const signs = [...text];
  const parts: { said: string; isMarked: boolean; at: number }[] = [];
  let at = 0;
  for (const [start, end] of marks) {
    if (start > at) parts.push({ said: signs.slice(at, start).join(""), isMarked: false, at });
    parts.push({ said: signs.slice(start, end).join(""), isMarked: true, at: start });
    at = end;
  }
  parts.push({ said: signs.slice(at).join(""), isMarked: false, at });
  return <>{parts.map((part) => (part.isMarked ? <mark key={part.at}>{part.said}</mark> : part.said))}</>;
}

export function Period({ first, last }: { first: string; last: string | null }) {
  return <>{words.from(chineseDay(first))}{last && words.until(chineseDay(last))}</>;
}

/** A provision's own lines: value, condition, period, when it was checked. */
export function ProvisionFacts({ provision }: { provision: Provision }) {
  return (
    <dl className="facts-of">
      {provision.value && <Line title={words.value}><span className="figure">{provision.value}</span></Line>}
      {provision.condition && <Line title={words.condition}>{provision.condition}</Line>}
      <Line title={words.sources}><SourceLine source={provision.citation} /></Line>
      <Line title={words.period}><Period first={provision.effective_from} last={provision.effective_to} /></Line>
      <Line title={words.verified}>{chineseDay(provision.verified_on)}</Line>
    </dl>
  );
}

function Line({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd>{children}</dd>
    </div>
  );
}
