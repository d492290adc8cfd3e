import "./filings.css";
import { useMemo, useRef, useState } from "react";
import { sentenceOf } from "../api";
import { useShortcuts } from "../shortcuts";
import { type FilingLine, search } from "./filing";
import { FilingDetail } from "./FilingDetail";
import { FilingList } from "./FilingList";
import type { Sought } from "./recognise";
import { SearchBox } from "./SearchBox";
import { useFiling } from "./useFiling";
import { words } from "./words";

/** Filings looked up. Neither what was typed nor what is open stands in the address. */
export default function FilingsPage() {
  const [lines, setLines] = useState<FilingLine[] | null>(null);
  const [open, setOpen] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const { found, problem: openProblem } = useFiling(open);
  useShortcuts(useMemo(() => [{ key: "/", says: words.keys.search, run: () => field.current?.focus() }], []));

  const look = async (sought: Sought) => {
    setBusy(true);
    setProblem(null);
    setOpen(null);
    setLines(null);
    try {
      const answer = await search(sought);
      setLines(answer);
      if (answer.length === 1) setOpen(answer[0]?.filing_no ?? null);
    } catch (fault) {
      setProblem(sentenceOf(fault));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <SearchBox field={field} isBusy={isBusy} onSearch={(sought) => void look(sought)} />
      <div role="status">
        {!lines && !problem && !isBusy && <p className="empty">{words.search.empty}</p>}
        {lines?.length === 0 && <p className="empty" data-testid="filing-none">{words.search.none}</p>}
        {lines && lines.length > 1 && <p className="hint">{words.search.found(lines.length)}</p>}
      </div>
      <div role="alert">{(problem ?? openProblem) && <p className="error">{problem ?? openProblem}</p>}</div>
      <div className={lines && lines.length > 1 ? "beside" : ""}>
        {lines && lines.length > 1 && (
          <FilingList filings={lines} open={open} label={words.list.label} onOpen={(one) => setOpen(one.filing_no)} />
        )}
        <div>
          {open && !found && !openProblem && <p className="empty" role="status">{words.detail.loading}</p>}
          {found && <FilingDetail found={found} onOpen={setOpen} />}
        </div>
      </div>
    </>
  );
}
