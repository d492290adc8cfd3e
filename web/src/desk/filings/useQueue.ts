/** The filings that wait for a decision, the oldest first, a page at a time. */
import { useCallback, useEffect, useState } from "react";
import { sentenceOf } from "../api";
import { type FilingLine, queue, type Waiting } from "./filing";

export function useQueue(status: Waiting) {
  const [lines, setLines] = useState<FilingLine[] | null>(null);
  const [after, setAfter] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  const load = useCallback(async (behind: string | null) => {
    setProblem(null);
    try {
      const page = await queue(status, behind);
      setLines((known) => (behind ? [...(known ?? []), ...page.filings] : page.filings));
      setAfter(page.after);
    } catch (fault) {
      setProblem(sentenceOf(fault));
    }
  }, [status]);
  useEffect(() => {
    setLines(null);
    void load(null);
  }, [load]);

  /** What was decided waits no more. */
  const drop = (no: string) => setLines((known) => known?.filter((one) => one.filing_no !== no) ?? null);
  return { lines, problem, hasMore: after !== null, reload: () => load(null), more: () => load(after), drop };
}
