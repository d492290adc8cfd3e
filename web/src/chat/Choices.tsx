import type { Button } from "../protocol";
import { words } from "../words";
import { useActions } from "./actions";

interface Props {
  buttons: Button[];
  isActive: boolean;
  testId?: string;
  label?: string;
}

/** Quick replies. Older ones stay readable, but can no longer be pressed. */
export function Choices({ buttons, isActive, testId, label = words.quickReplies }: Props) {
  const { press } = useActions();
  if (buttons.length === 0) return null;
  const pressed = (button: Button) => {
    // The pressed button is about to be switched off; keep the keyboard's place in the log.
    document.getElementById("log")?.focus({ preventScroll: true });
    press(button);
  };
  return (
    <div className="choices" role="group" aria-label={label} data-testid={testId}>
      {buttons.map((button) => (
        <button
          key={button.payload + button.title}
          type="button"
          className="choice"
          data-testid="quick-reply"
          disabled={!isActive}
          onClick={() => pressed(button)}
        >
          {button.title}
        </button>
      ))}
    </div>
  );
}
