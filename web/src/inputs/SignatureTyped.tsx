import { useState } from "react";
import { words } from "../words";
import type { FieldProps } from "./AskCard";
import { FieldForm } from "./FieldForm";
import { useFieldFocus } from "./useFieldFocus";

export function SignatureTyped({ isBusy, onSubmit }: FieldProps) {
  const [name, setName] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  // It is on screen because the person has just asked for it.
  const input = useFieldFocus<HTMLInputElement>(true);
  const submit = () => {
    if (name.trim()) onSubmit(name.trim());
    else setProblem(words.shape.empty);
  };
  return (
    <FieldForm
      label={words.signature.typedLabel}
      problem={problem}
      isBusy={isBusy}
      submitText={words.signature.submit}
      onSubmit={submit}
    >
      {(ids) => (
        <div className="field">
          <input
            ref={input}
            id={ids.field}
            type="text"
            autoComplete="off"
            spellCheck={false}
            maxLength={50}
            value={name}
            aria-describedby={ids.problem}
            data-testid="signature-typed"
            onChange={(event) => {
              setName(event.target.value);
              setProblem(null);
            }}
          />
        </div>
      )}
    </FieldForm>
  );
}
