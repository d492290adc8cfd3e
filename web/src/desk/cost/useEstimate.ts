/** The form of a place, the estimate and the columns, fetched anew a moment after something changed. */
import { useEffect, useState } from "react";
import { ApiProblem, get, isAborted, post, sentenceOf } from "../api";
import { bodyOf, changesOf, type Column, type Faults, faultsOf, ownFaults, type Written } from "./form";
import type { Comparison, Estimate, Field, Form } from "./protocol";

const PAUSE_MS = 300;

/** The fields of that place and day; the last ones stay until the new ones are there. */
export function useForm(region: string, day: string) {
  const [form, setForm] = useState<Form | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    const asking = new AbortController();
    const on = /^\d{4}-\d{2}-\d{2}$/.test(day) ? day : undefined;
    get<Form>("/cost/form", { region: region.trim(), on }, asking.signal)
      .then((found) => {
        setForm(found);
        setProblem(null);
      })
      .catch((fault: unknown) => {
        // A place that is none is told beside its field, by the estimate.
        if (!isAborted(fault) && !(fault instanceof ApiProblem && fault.status === 422)) setProblem(sentenceOf(fault));
      });
    return () => asking.abort();
  }, [region, day]);
  return { form, problem };
}

export interface Reckoned {
  estimate: Estimate | null;
  comparison: Comparison | null;
  faults: Faults;
  problem: string | null;
  isStale: boolean;
}

const NOTHING: Reckoned = { estimate: null, comparison: null, faults: {}, problem: null, isStale: false };

export function useEstimate(written: Written, fields: readonly Field[] | null, columns: readonly Column[]): Reckoned {
  const [reckoned, setReckoned] = useState(NOTHING);
  useEffect(() => {
    if (!fields) return undefined;
    const faults = ownFaults(written);
    if (Object.keys(faults).length > 0) {
      setReckoned((was) => ({ ...was, faults, isStale: true }));
      return undefined;
    }
    const asking = new AbortController();
    setReckoned((was) => ({ ...was, isStale: true }));
    const timer = setTimeout(() => {
      ask(written, fields, columns, asking.signal)
        .then((found) => setReckoned({ ...NOTHING, ...found }))
        .catch((fault: unknown) => {
          if (isAborted(fault)) return;
          const isRefused = fault instanceof ApiProblem && fault.code === "bad_input";
          const said = isRefused ? faultsOf(fault.details, written) : {};
          setReckoned((was) => ({ ...was, faults: said, problem: sentenceOf(fault), isStale: true }));
        });
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      asking.abort();
    };
  }, [written, fields, columns]);
  return reckoned;
}

async function ask(written: Written, fields: readonly Field[], columns: readonly Column[], signal: AbortSignal) {
  const base = bodyOf(written, fields);
  if (columns.length === 0) return { estimate: await post<Estimate>("/cost", base, { signal }), comparison: null };
  const variants = columns.map((column) => ({ title: column.title, changes: changesOf(column, base) }));
  const comparison = await post<Comparison>("/cost/compare", { base, variants }, { signal });
  return { estimate: comparison.base, comparison };
}
