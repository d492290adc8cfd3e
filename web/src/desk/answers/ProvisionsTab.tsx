/** Provisions by the words in them. */
import { useEffect, useMemo, useRef, useState } from "react";
import { hashOf } from "../routing";
import { useShortcuts } from "../shortcuts";
import { RegionField, VisitDay } from "./Fields";
import { Marked, Problem, ProvisionFacts } from "./Parts";
import { withoutPrivate } from "./private";
import type { FoundProvision } from "./types";
import { useAsked } from "./usePolicy";
import { useParams } from "./useParams";
import { words } from "./words";

const WAIT_MS = 150;
const MOST = 50;

export function ProvisionsTab() {
  const [params, set] = useParams("answers/provisions");
  const [q, region, on] = ["q", "region", "on"].map((name) => params.get(name) ?? "");
  const [hidden, setHidden] = useState(false);
  const line = useRef<HTMLInputElement>(null);
  useEffect(() => line.current?.focus(), []);
  useShortcuts(useMemo(() => [{ key: "/", says: words.keys.focus, run: () => line.current?.select() }], []));
  const asked = q?.trim() ? { q, region, on } : null;
  const { answer, problem, again, isBusy } = useAsked<{ provisions: FoundProvision[] }>("/provisions", asked, WAIT_MS);
  const found = answer?.provisions ?? [];
  const write = (typed: string) => {
    const safe = withoutPrivate(typed);
    setHidden(safe.hidden);
    set({ q: safe.line });
  };
  return (
    <>
      <div className="panel toolbar">
        <div className="field grow">
          <label htmlFor="provision-line">{words.provisions.line}</label>
          <input
            ref={line} id="provision-line" data-testid="desk-provision-line" value={q} maxLength={200} autoComplete="off"
            placeholder={words.provisions.placeholder} onChange={(event) => write(event.target.value)}
          />
        </div>
        <RegionField title={words.provisions.region} all={words.provisions.all} value={region ?? ""} onChange={(value) => set({ region: value })} />
        <VisitDay value={on ?? ""} onChange={(value) => set({ on: value })} />
      </div>
      {hidden && <p className="notice" role="status">{words.hidden}</p>}
      {problem && <Problem text={problem} again={again} />}
      <div aria-busy={isBusy} aria-live="polite">
        {!asked && <p className="empty">{words.provisions.begin}</p>}
        {answer && <p className="hint">{standing(found.length)}</p>}
      </div>
      {found.map((one) => <Provision key={`${one.provision}${one.effective_from}`} found={one} on={on ?? ""} />)}
    </>
  );
}

function Provision({ found, on }: { found: FoundProvision; on: string }) {
  const facts = `insured_region:${found.region}`;
  return (
    <article className="panel found" data-testid="desk-provision">
      <h2><span className="where">{found.region_name}</span> <Marked text={found.title} marks={found.title_marks} /></h2>
      {found.snippets.map((one) => <p key={one.text}><Marked text={one.text} marks={one.marks} /></p>)}
      <ProvisionFacts provision={found} />
      <a href={hashOf("answers", { topic: found.topic, facts, on: on || undefined })}>
        {words.provisions.ask}：{found.topic_title}
      </a>
    </article>
  );
}

/** How many were found; where the list is full, that it isn't all. */
function standing(count: number): string {
  if (count === 0) return words.provisions.none;
  return count === MOST ? words.provisions.most : words.provisions.count(count);
}
