import type { Steps } from "../cards/protocol";
import { words } from "../words";

/** How far a filing is: which step this is, and a bar for what lies behind; nothing where the server doesn't say. */
export function StepLine({ step, steps }: Steps) {
  if (!step || !steps) return null;
  const says = words.progress.step(step, steps);
  return (
    <div className="step-line">
      <span>{says}</span>
      <div
        className="step-bar"
        role="progressbar"
        aria-label={words.progress.label}
        aria-valuemin={0}
        aria-valuemax={steps}
        aria-valuenow={step - 1}
        aria-valuetext={says}
      >
        <div style={{ width: `${(100 * (step - 1)) / steps}%` }} />
      </div>
    </div>
  );
}
