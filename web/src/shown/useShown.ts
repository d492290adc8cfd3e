import { useCallback, useEffect, useRef, useState } from "react";
import { words } from "../words";
import { askShown, ShownProblem } from "./ask";
import type { ShownLine } from "./protocol";

export type Shown =
  | { stage: "masked"; message: string }
  | { stage: "asking" }
  | { stage: "shown"; lines: ShownLine[]; seconds: number };

const MASKED: Shown = { stage: "masked", message: "" };

/**
 * What was typed, in clear, for as long as the server says.
 *
 * It lies in this state and nowhere else. It goes when the time is over, when the question is no longer open,
 * when the page is put away, and when the card goes.
 */
export function useShown(isOpen: boolean) {
  const [shown, setShown] = useState<Shown>(MASKED);
  const asking = useRef<AbortController | null>(null);

  const hide = useCallback((message = "") => {
    asking.current?.abort();
    asking.current = null;
    setShown((before) => (before.stage === "masked" && !message ? before : { stage: "masked", message }));
  }, []);
  const show = useCallback(async () => {
    const attempt = new AbortController();
    asking.current = attempt;
    setShown({ stage: "asking" });
    try {
      const { fields, seconds } = await askShown(attempt.signal);
      if (asking.current === attempt) setShown({ stage: "shown", lines: fields, seconds });
    } catch (problem) {
      if (asking.current === attempt) hide(problem instanceof ShownProblem ? problem.message : words.shown.failed);
    }
  }, [hide]);

  useEffect(() => {
    if (!isOpen) hide();
  }, [isOpen, hide]);
  useEffect(() => () => asking.current?.abort(), []);
  useEffect(() => {
    if (shown.stage !== "shown") return;
    const timer = setTimeout(() => hide(words.shown.masked), shown.seconds * 1000);
    const putAway = () => document.visibilityState === "hidden" && hide();
    document.addEventListener("visibilitychange", putAway);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", putAway);
    };
  }, [shown, hide]);

  return { shown, show, hide };
}
