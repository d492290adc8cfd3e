/** The filing that is open, read anew when another one is. */
import { useEffect, useState } from "react";
import { isAborted, sentenceOf } from "../api";
import { find, type Found } from "./filing";

export interface OpenFiling {
  found: Found | null;
  problem: string | null;
  set: (found: Found) => void;
}

export function useFiling(no: string | null): OpenFiling {
  const [state, setState] = useState<{ no: string | null; found: Found | null; problem: string | null }>(
    { no: null, found: null, problem: null },
  );
  useEffect(() => {
    if (!no) return;
    const asked = new AbortController();
    find(no, asked.signal).then(
      (found) => setState({ no, found, problem: null }),
      (fault: unknown) => isAborted(fault) || setState({ no, found: null, problem: sentenceOf(fault) }),
    );
    return () => asked.abort();
  }, [no]);
  const isIt = state.no === no;
  return {
    found: isIt ? state.found : null, problem: isIt ? state.problem : null,
    set: (found) => setState({ no: found.filing.filing_no, found, problem: null }),
  };
}
