import "./filings.css";
import { useEffect, useMemo, useRef, useState } from "react";
import { useShortcuts } from "../shortcuts";
import { Decide } from "./Decide";
import type { Filing, Waiting } from "./filing";
import { FilingDetail } from "./FilingDetail";
import { FilingList } from "./FilingList";
import { useFiling } from "./useFiling";
import { useQueue } from "./useQueue";
import { words } from "./words";

const said = words.queue;
const outcome = (filing: Filing) =>
  filing.status === "returned" ? said.done.return : filing.status === "ended" ? said.done.agreed
    : filing.timeline.at(-1)?.event === "end_refused" ? said.done.refused : said.done.confirm;

/** What waits to be decided: the list is walked, a filing opened and decided without a mouse. */
export default function QueuePage() {
  const [status, setStatus] = useState<Waiting>("submitted");
  const [at, setAt] = useState(0);
  const [open, setOpen] = useState<string | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const { lines, problem, hasMore, reload, more, drop } = useQueue(status);
  const { found, problem: openProblem, set } = useFiling(open);
  const items = useRef(new Map<number, HTMLButtonElement>());
  const detail = useRef<HTMLDivElement>(null);
  const count = lines?.length ?? 0;

  const stand = (index: number) => {
    const next = Math.max(0, Math.min(index, count - 1));
    setAt(next);
    items.current.get(next)?.focus();
  };
  const openAt = (index: number) => {
    const line = lines?.[index];
    if (!line) return;
    setAt(index);
    setOpen(line.filing_no);
  };
  // Whoever works by keyboard goes on in the filing; Escape leads back.
  useEffect(() => detail.current?.querySelector<HTMLElement>("#filing-title")?.focus(), [found?.filing.filing_no]);
  useShortcuts(useMemo(() => [
    { key: "j", says: words.keys.next, run: () => stand(at + 1) },
    { key: "ArrowDown", says: words.keys.next, run: () => stand(at + 1) },
    { key: "k", says: words.keys.previous, run: () => stand(at - 1) },
    { key: "ArrowUp", says: words.keys.previous, run: () => stand(at - 1) },
    { key: "n", says: words.keys.nextUndone, run: () => openAt(lines?.[at]?.filing_no === open ? at + 1 : at) },
    { key: "Escape", says: words.detail.back, run: () => close() },
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the functions are made anew with what they depend on
  ], [at, count, lines, open]));
  const close = () => {
    setOpen(null);
    stand(at);
  };
  const choose = (next: Waiting) => {
    setStatus(next);
    setAt(0);
    setOpen(null);
    setDone(null);
  };
  const decided = (filing: Filing) => {
    setDone(said.doneLine(outcome(filing), filing.filing_no));
    drop(filing.filing_no);
    if (found) set({ ...found, filing });
    if (at >= count - 1) setAt(Math.max(0, count - 2));
  };
  return (
    <>
      <div className="toolbar">
        <div className="tabs" role="group" aria-label={said.title}>
          {(["submitted", "ending"] as const).map((one) => (
            <button key={one} type="button" className={`button ${one === status ? "primary" : ""}`} aria-pressed={one === status}
              data-testid={`queue-${one}`} onClick={() => choose(one)}>{said.tabs[one]}</button>
          ))}
        </div>
        <button type="button" className="button quiet" onClick={() => void reload()}>{said.refresh}</button>
        <span className="hint" role="status">{lines && count > 0 && said.shown(count, hasMore)}</span>
      </div>
      <div role="status">{done && <p className="notice" data-testid="queue-done">{done}</p>}</div>
      <div role="alert">{(problem ?? openProblem) && <p className="error">{problem ?? openProblem}</p>}</div>
      <div className={`beside ${open ? "has-open" : ""}`}>
        <div>
          {lines?.length === 0 && <p className="empty" data-testid="queue-empty">{said.empty[status]}</p>}
          <FilingList filings={lines ?? []} open={open} at={at} items={items} label={said.tabs[status]}
            onOpen={(one) => openAt(lines?.indexOf(one) ?? 0)} />
          {hasMore && <p><button type="button" className="button" onClick={() => void more()}>{said.more}</button></p>}
        </div>
        <div ref={detail}>
          {open && <button type="button" className="button only-narrow" onClick={close}>{words.detail.back}</button>}
          {!open && count > 0 && <p className="empty">{said.choose}</p>}
          {open && !found && !openProblem && <p className="empty" role="status">{words.detail.loading}</p>}
          {found && open && (
            <FilingDetail found={found} onOpen={setOpen}>
              <Decide key={open} filing={found.filing} onDone={decided} onFresh={set} />
            </FilingDetail>
          )}
        </div>
      </div>
    </>
  );
}
