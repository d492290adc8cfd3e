import { type KeyboardEvent, useState } from "react";
import { words } from "../words";
import type { FieldProps } from "./AskCard";
import { FieldForm } from "./FieldForm";
import { doubtOfWhole, type FieldKind, problemOfWhole, problemWhileTyping, tidy } from "./shapes";
import { useFieldFocus } from "./useFieldFocus";

/** What the browser may know of its own person; of nobody else's anything. */
const KNOWN_AS: Record<string, string> = { name: "name", agent_name: "name", phone: "tel", address: "street-address" };
const KEYBOARD = { text: "text", id_number: "numeric", phone: "tel" } as const;

/** Who hides one field, in a waiting room perhaps, wants the next one hidden too. */
const whoHides = { isHidden: false };

/** A name, address, ID number or phone number. */
export function FieldInput({ ask, label, isBusy, takesFocus, onSubmit }: FieldProps) {
  const kind: FieldKind = ask.input === "id_number" || ask.input === "phone" ? ask.input : "text";
  const [typed, setTyped] = useState("");
  const [isHidden, setHidden] = useState(whoHides.isHidden);
  const [problem, setProblem] = useState<string | null>(null);
  const input = useFieldFocus<HTMLInputElement>(takesFocus);

  const change = (text: string) => {
    setTyped(text);
    const value = tidy(kind, text);
    setProblem(problemWhileTyping(kind, value) ?? doubtOfWhole(kind, value));
  };
  const toggle = () => {
    whoHides.isHidden = !isHidden;
    setHidden(!isHidden);
  };
  const submit = () => {
    const value = tidy(kind, typed);
    const wrong = problemOfWhole(kind, value);
    setProblem(wrong);
    if (wrong) input.current?.focus();
    else onSubmit(value);
  };
  // The number keyboard has no X.
  const isXNext = kind === "id_number" && /^\d{17}$/.test(tidy(kind, typed));
  const fillX = () => {
    change(`${tidy(kind, typed)}X`);
    input.current?.focus();
  };
  const aside = (
    <span>
      {isXNext && (
        <button type="button" className="link" data-testid="ask-fill-x" onClick={fillX}>
          {words.ask.fillX}
        </button>
      )}
      <button
        type="button"
        className="link"
        aria-pressed={isHidden}
        data-testid="ask-mask"
        onClick={toggle}
      >
        {isHidden ? words.ask.show : words.ask.hide}
      </button>
    </span>
  );
  return (
    <FieldForm
      label={label}
      problem={problem}
      isBusy={isBusy}
      onSubmit={submit}
      aside={aside}
      note={ask.sensitive && <p className="quiet">{words.ask.private}</p>}
    >
      {(ids) => (
        <div className="field">
          <input
            ref={input}
            id={ids.field}
            className={isHidden ? "masked" : undefined}
            type="text"
            inputMode={KEYBOARD[kind]}
            autoComplete={(ask.own && KNOWN_AS[ask.slot]) || "off"}
            autoCorrect="off"
            autoCapitalize="off"
            spellCheck={false}
            enterKeyHint="done"
            maxLength={200}
            value={typed}
            aria-invalid={problem !== null}
            aria-describedby={ids.problem}
            data-testid={`ask-${ask.slot}`}
            onChange={(event) => change(event.target.value)}
            onKeyDown={keepCompositionEnter}
          />
        </div>
      )}
    </FieldForm>
  );
}

/** Picking a word in an input method must not send a half-written name. */
function keepCompositionEnter(event: KeyboardEvent) {
  const { isComposing, keyCode } = event.nativeEvent;
  if (event.key === "Enter" && (isComposing || keyCode === 229)) event.preventDefault();
}
