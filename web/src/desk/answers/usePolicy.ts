/** Calls of the policy pages: the newest question's answer stays, older ones are given up. */
import { useCallback, useEffect, useState } from "react";
import { get, isAborted, type Params, sentenceOf } from "../api";
import type { Policy } from "./types";

interface Asked<T> {
  answer: T | null;
  problem: string | null;
  isBusy: boolean;
  again: () => void;
}

/** What the server says to this; null params ask nothing. The last answer stays while the next is on its way. */
export function useAsked<T>(path: string, params: Params | null, wait = 0): Asked<T> {
  const [state, setState] = useState<{ answer: T | null; problem: string | null }>({ answer: null, problem: null });
  const [isBusy, setBusy] = useState(false);
  const [tries, setTries] = useState(0);
  const asked = params && JSON.stringify(params);
  useEffect(() => {
    if (asked === null) {
      setState({ answer: null, problem: null });
      setBusy(false);
      return;
    }
    const given = new AbortController();
    setBusy(true);
    const timer = setTimeout(() => {
      get<T>(path, JSON.parse(asked) as Params, given.signal)
        .then((answer) => setState({ answer, problem: null }))
        .catch((fault: unknown) => {
          if (!isAborted(fault)) setState({ answer: null, problem: sentenceOf(fault) });
        })
        .finally(() => {
          if (!given.signal.aborted) setBusy(false);
        });
    }, wait);
    return () => {
      clearTimeout(timer);
      given.abort();
    };
  }, [path, asked, wait, tries]);
  const again = useCallback(() => setTries((n) => n + 1), []);
  return { ...state, isBusy, again };
}

let policy: Promise<Policy> | null = null;

/** The regions and topics there are to choose from; asked for once. */
export function usePolicy(): Policy | null {
  const [known, setKnown] = useState<Policy | null>(null);
  useEffect(() => {
    policy ??= get<Policy>("/policy");
    let isHere = true;
    policy.then((answer) => isHere && setKnown(answer)).catch(() => {
      policy = null; // the next page that is opened asks anew
    });
    return () => {
      isHere = false;
    };
  }, []);
  return known;
}
