import { type MouseEvent, useState } from "react";
import { lastDay, problemOfDay } from "./days";
import type { FieldProps } from "./AskCard";
import { FieldForm } from "./FieldForm";
import { useFieldFocus } from "./useFieldFocus";

/** A day, picked with the phone's own date sheet; sent as an ISO date. */
export function DateInput({ ask, label, isBusy, takesFocus, onSubmit }: FieldProps) {
  const [day, setDay] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const max = lastDay(ask, Date.now());
  const input = useFieldFocus<HTMLInputElement>(takesFocus);

  const submit = () => {
    const wrong = problemOfDay(day, ask.min, max);
    setProblem(wrong);
    if (wrong) input.current?.focus();
    else onSubmit(day);
  };
  return (
    <FieldForm label={label} problem={problem} isBusy={isBusy} onSubmit={submit}>
      {(ids) => (
        <div className="field">
          <input
            ref={input}
            id={ids.field}
            type="date"
            min={ask.min}
            max={max}
            value={day}
            aria-invalid={problem !== null}
            aria-describedby={ids.problem}
            data-testid={`ask-${ask.slot}`}
            onClick={openSheet}
            onChange={(event) => {
              setDay(event.target.value);
              setProblem(null);
            }}
          />
        </div>
      )}
    </FieldForm>
  );
}

/** On a computer only the small icon opens the calendar: let the whole field do it. */
function openSheet(event: MouseEvent<HTMLInputElement>) {
  try {
    event.currentTarget.showPicker?.();
  } catch {
    // Not allowed here: the field can still be typed into.
  }
}
