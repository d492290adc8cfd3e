import { useMemo, useState } from "react";
import { useShortcuts } from "../shortcuts";
import { Timeline } from "./Course";
import { ConfirmDialog, EndDialog, ReturnDialog } from "./Dialogs";
import type { Filing, Found } from "./filing";
import { type Stale, useDecision } from "./useDecision";
import { words } from "./words";

type Step = "confirm" | "return" | "end";
const STEPS: Record<string, readonly Step[]> = { submitted: ["confirm", "return"], ending: ["end"] };
const KEYS: Record<Step, string> = { confirm: "y", return: "t", end: "y" };
const DIALOGS = { confirm: ConfirmDialog, return: ReturnDialog, end: EndDialog };

interface Props {
  filing: Filing;
  onDone: (filing: Filing) => void;
  onFresh: (found: Found) => void;
}

/** What can be decided about a filing now, by button or key. Give it the filing's number as key. */
export function Decide({ filing, onDone, onFresh }: Props) {
  const [asking, setAsking] = useState<Step | null>(null);
  const [stale, setStale] = useState<Stale | null>(null);
  const decision = useDecision({
    filing,
    onDone: (moved) => {
      setAsking(null);
      onDone(moved);
    },
    onStale: (found) => {
      setAsking(null);
      setStale(found);
      onFresh(found.found);
    },
  });
  const steps = STEPS[filing.status];
  useShortcuts(useMemo(
    () => (steps ?? []).map((step) => ({ key: KEYS[step], says: words.keys[step], run: () => setAsking(step) })), [steps],
  ));
  const Dialog = asking && DIALOGS[asking];
  return (
    <>
      <div role="alert">
        {stale && (
          <div className="error" data-testid="decide-stale">
            <p>{words.decide.stale}{stale.found.filing.status_title}。{stale.since.length > 0 && words.decide.changed}</p>
            <Timeline filing={stale.found.filing} of={stale.since} />
          </div>
        )}
      </div>
      {steps && (
        <div className="decide">
          {steps.map((step) => (
            <button key={step} type="button" className={`button ${step === "return" ? "danger" : "primary"}`}
              data-testid={`decide-${step}`} onClick={() => setAsking(step)}>
              {words.decide[step]} <kbd aria-hidden="true">{KEYS[step]}</kbd>
            </button>
          ))}
        </div>
      )}
      {Dialog && (
        <Dialog filing={filing} decision={decision} onClose={() => {
          setAsking(null);
          decision.setProblem(null);
        }} />
      )}
    </>
  );
}
