/** One decision on a filing: sent once however often it is pressed, and again under the same key when no answer came. */
import { useRef, useState } from "react";
import { ApiProblem, sentenceOf } from "../api";
import { decide, type Filing, find, type Found, type Happening } from "./filing";

export interface Stale {
  found: Found;
  since: Happening[];
}

interface Given {
  filing: Filing;
  onDone: (filing: Filing) => void;
  onStale: (stale: Stale) => void;
}

/** The same request has the same key: sent again after a lost answer, it counts once. */
export function keyFor(last: { body: string; key: string } | null, body: string): { body: string; key: string } {
  if (last?.body === body) return last;
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return { body, key: Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("") };
}

export function useDecision({ filing, onDone, onStale }: Given) {
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const sending = useRef(false); // state comes too late for a second press
  const last = useRef<{ body: string; key: string } | null>(null);

  const send = async (step: "confirm" | "return" | "end", told: object) => {
    if (sending.current) return;
    sending.current = true;
    setBusy(true);
    setProblem(null);
    const body = { ...told, version: filing.version };
    last.current = keyFor(last.current, `${step} ${JSON.stringify(body)}`);
    try {
      onDone((await decide(filing.filing_no, step, body, last.current.key)).filing);
    } catch (fault) {
      if (!(await isStale(fault))) setProblem(sentenceOf(fault));
    } finally {
      sending.current = false;
      setBusy(false);
    }
  };
  const isStale = async (fault: unknown) => {
    if (!(fault instanceof ApiProblem) || !["stale_version", "not_awaiting_decision"].includes(fault.code)) return false;
    const found = await find(filing.filing_no).catch(() => null);
    if (!found) return false;
    onStale({ found, since: found.filing.timeline.slice(filing.timeline.length) });
    return true;
  };
  return { send, isBusy, problem, setProblem };
}
