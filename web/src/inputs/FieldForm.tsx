import { Button } from "@chatui/core";
import { type FormEvent, type ReactNode, useId } from "react";
import { words } from "../words";

interface Props {
  label: string;
  problem: string | null;
  isBusy: boolean;
  submitText?: string;
  onSubmit: () => void;
  /** Gets the ids that tie the field to its label and its problem. */
  children: (ids: { field: string; problem: string }) => ReactNode;
  note?: ReactNode;
  /** Small buttons beside the label: the field itself needs the whole width. */
  aside?: ReactNode;
}

/** The frame every field shares: label, what is wrong, and the button that sends it. */
export function FieldForm({ label, problem, isBusy, submitText, onSubmit, children, note, aside }: Props) {
  const id = useId();
  const ids = { field: `${id}field`, problem: `${id}problem` };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <form onSubmit={submit} noValidate autoComplete="off">
      <div className="label-row">
        <label className="label" htmlFor={ids.field}>
          {label}
        </label>
        {aside}
      </div>
      {children(ids)}
      <p id={ids.problem} className="field-problem" role="status" data-testid="field-problem">
        {problem}
      </p>
      {note}
      <Button type="submit" color="primary" block disabled={isBusy} data-testid="ask-submit">
        {submitText ?? words.ask.submit}
      </Button>
    </form>
  );
}
