import { useCallback, useEffect, useRef, useState } from "react";
import { words } from "../words";
import { problemOfFile } from "./checks";
import type { ReadBill } from "./protocol";
import { BillProblem, sendBill, TIMEOUT_MS } from "./send";

/** How far the reading of a bill is; null when none is open. */
export type Reading =
  | { stage: "reading"; file: File }
  | { stage: "failed"; file: File; message: string; canRetry: boolean }
  | { stage: "read"; file: File; bill: ReadBill };

/** One bill at a time: choosing another, or closing, lets go of the one before. */
export function useBill() {
  const [reading, setReading] = useState<Reading | null>(null);
  const current = useRef<AbortController | null>(null);

  const letGo = useCallback(() => {
    current.current?.abort();
    current.current = null;
  }, []);
  useEffect(() => letGo, [letGo]);

  const choose = useCallback(
    async (file: File) => {
      letGo();
      const problem = problemOfFile(file);
      if (problem) return setReading({ stage: "failed", file, message: problem, canRetry: false });
      const attempt = new AbortController();
      current.current = attempt;
      setReading({ stage: "reading", file });
      const outcome = await read(file, attempt);
      if (current.current === attempt) setReading(outcome);
    },
    [letGo],
  );

  const close = useCallback(() => {
    letGo();
    setReading(null);
  }, [letGo]);

  return { reading, choose, close };
}

async function read(file: File, attempt: AbortController): Promise<Reading> {
  const timer = setTimeout(() => attempt.abort(), TIMEOUT_MS);
  try {
    return { stage: "read", file, bill: await sendBill(file, attempt.signal) };
  } catch (problem) {
    const known = problem instanceof BillProblem ? problem : new BillProblem(words.bill.broken, true);
    return { stage: "failed", file, message: known.message, canRetry: known.canRetry };
  } finally {
    clearTimeout(timer);
  }
}
