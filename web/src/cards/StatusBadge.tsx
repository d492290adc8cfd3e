import { words } from "../words";
import { statusText } from "./statusText";

/** How a state looks; it always says itself in words too. */
const TONES: Record<string, string> = {
  submitted: "waiting",
  ending: "waiting",
  confirmed: "good",
  returned: "bad",
};

export function StatusBadge({ filing }: { filing: { status?: string; status_text?: string } }) {
  const text = statusText(filing);
  if (!text) return null;
  const tone = TONES[filing.status ?? ""] ?? "past";
  return (
    <p className={`badge badge--${tone}`} data-testid="filing-status" data-status={filing.status}>
      <span className="sr-only">{words.receipt.status}：</span>
      {text}
    </p>
  );
}
