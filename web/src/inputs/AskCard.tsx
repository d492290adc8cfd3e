import { Card } from "@chatui/core";
import { useActions } from "../chat/actions";
import { LookupInput } from "../lookup/LookupInput";
import { PaperInput } from "../papers/PaperInput";
import type { AskCustom } from "../protocol";
import { words } from "../words";
import { DateInput } from "./DateInput";
import { FieldInput } from "./FieldInput";
import { RegionInput } from "./RegionInput";
import { SignatureInput } from "./SignatureInput";
import { StepLine } from "./StepLine";

/** Private whatever the question says of itself. */
const SECRET: ReadonlySet<string> = new Set(["signature", "lookup"]);

interface Props {
  ask: AskCustom;
  isBusy: boolean;
  takesFocus: boolean;
  questionId: string | undefined;
}

/** What each kind of field gets. */
export interface FieldProps {
  ask: AskCustom;
  label: string;
  isBusy: boolean;
  takesFocus: boolean;
  onSubmit: (value: string) => void;
}

/** The form field for the open question; nothing when the message box or buttons do. */
export function AskCard({ ask, isBusy, takesFocus, questionId }: Props) {
  const { say } = useActions();
  const Field = fieldFor(ask);
  if (!Field) return null;
  const label = ask.title ?? words.ask.labelOfSlot[ask.slot] ?? words.ask.label[ask.input];
  const submit = (value: string) => {
    // The card is about to go; keep the keyboard's place in the log.
    document.getElementById("log")?.focus({ preventScroll: true });
    say(value, ask.sensitive || SECRET.has(ask.input));
  };
  return (
    <Card className={`card ask ask--${ask.input}`} role="group" aria-label={label} aria-describedby={questionId}>
      <StepLine step={ask.step} steps={ask.steps} />
      <Field ask={ask} label={label} isBusy={isBusy} takesFocus={takesFocus} onSubmit={submit} />
      {ask.explain && ask.input !== "paper" && (
        <details className="explain">
          <summary>{words.ask.why}</summary>
          <p>{ask.explain}</p>
        </details>
      )}
    </Card>
  );
}

function fieldFor(ask: AskCustom) {
  switch (ask.input) {
    case "id_number":
    case "phone":
      return FieldInput;
    case "text":
      return ask.sensitive ? FieldInput : null;
    case "date":
      return DateInput;
    case "region":
      return RegionInput;
    case "signature":
      return SignatureInput;
    case "paper":
      return PaperInput;
    case "lookup":
      return LookupInput;
    default:
      return null;
  }
}
