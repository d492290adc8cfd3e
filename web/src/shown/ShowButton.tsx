import { words } from "../words";
import type { Shown } from "./useShown";

interface Props {
  shown: Shown;
  show: () => void;
  hide: () => void;
}

/** Shows what was typed, or masks it again; beside it how long it stays, or why it can't be shown. */
export function ShowButton({ shown, show, hide }: Props) {
  const isShown = shown.stage === "shown";
  const isAsking = shown.stage === "asking";
  const toggle = () => {
    if (isShown) hide();
    else if (!isAsking) show();
  };
  return (
    <div className="show-typed">
      <button
        type="button"
        aria-disabled={isAsking}
        data-testid="show-typed"
        onClick={toggle}
      >
        {isShown ? words.shown.hide : words.shown.show}
      </button>
      <p role="status" data-testid="show-typed-state">
        {stateOf(shown)}
      </p>
    </div>
  );
}

function stateOf(shown: Shown): string {
  if (shown.stage === "asking") return words.shown.asking;
  return shown.stage === "shown" ? words.shown.until(shown.seconds) : shown.message;
}
