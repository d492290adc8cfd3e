/** The one fact that is still open: its question, a key for each way it may turn out, or a field. */
import { useId, useState } from "react";
import type { Choice, Open } from "./types";
import { words } from "./words";

interface Props {
  open: Open;
  choose: (choice: Pick<Choice, "fact" | "value">, of: Open) => void;
  takesKeys?: boolean;
}

export function Choices({ open, choose, takesKeys = true }: Props) {
  return (
    <div className="open" data-testid="desk-open">
      <p className="question">{open.question}</p>
      {open.choices.length > 0 && (
        <div className="choices">
          {open.choices.map((one) => (
            <button
              key={one.key} type="button" className="button" data-testid={`desk-choice-${one.key}`}
              onClick={() => choose(one, open)}
            >
              {takesKeys && <kbd>{one.key}</kbd>} {one.title}
            </button>
          ))}
        </div>
      )}
      {open.input === "region" && <p className="hint">{words.place}</p>}
      {(open.input === "date" || open.input === "number") && (
        <Field type={open.input} title={open.title} onSet={(value) => choose({ fact: open.fact, value }, open)} />
      )}
    </div>
  );
}

function Field({ type, title, onSet }: { type: "date" | "number"; title: string; onSet: (value: string) => void }) {
  const [value, setValue] = useState("");
  const id = useId();
  return (
    <form
      className="toolbar" onSubmit={(event) => {
        event.preventDefault();
        if (value) onSet(value);
      }}
    >
      <div className="field">
        <label htmlFor={id}>{title}</label>
        <input id={id} type={type} min={type === "number" ? 0 : "2000-01-01"} value={value}
          onChange={(event) => setValue(event.target.value)} />
      </div>
      <button className="button primary" disabled={!value}>{words.set}</button>
    </form>
  );
}
