import { useReadingFocus } from "../inputs/useReadingFocus";
import type { Button } from "../protocol";
import { words } from "../words";
import { useActions } from "./actions";

interface Props {
  buttons: Button[];
  isActive: boolean;
  testId?: string;
  label?: string;
  /** They are the open question, which has just come. */
  takesFocus?: boolean;
  questionId?: string;
}

/** Quick replies. Older ones stay readable, but can no longer be pressed. */
export function Choices({ buttons, isActive, testId, label = words.quickReplies, takesFocus = false, questionId }: Props) {
  const { press } = useActions();
  const group = useReadingFocus<HTMLDivElement>(takesFocus);
  if (buttons.length === 0) return null;
  const pressed = (button: Button) => {
    // The pressed button is about to be switched off; keep the keyboard's place in the log.
    document.getElementById("log")?.focus({ preventScroll: true });
    press(button);
  };
  return (
    <div
      ref={group}
      className="choices"
      role="group"
      aria-label={label}
      aria-describedby={questionId}
      tabIndex={takesFocus ? -1 : undefined}
      data-testid={testId}
    >
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
