import { type FormEvent, type RefObject, useState } from "react";
import { masked, recognise, type Sought } from "./recognise";
import { words } from "./words";

interface Props {
  field: RefObject<HTMLInputElement>;
  isBusy: boolean;
  onSearch: (sought: Sought) => void;
}

/** One box for a number, an ID number or a phone. What was typed is forgotten when it is sent off. */
export function SearchBox({ field, isBusy, onSearch }: Props) {
  const [typed, setTyped] = useState("");
  const [isSent, setSent] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isBusy) return;
    const sought = isSent ? null : recognise(typed);
    setProblem(sought ? null : isSent ? words.search.again : words.search.unknown);
    if (!sought) return field.current?.select();
    setTyped(masked(sought));
    setSent(true);
    onSearch(sought);
  };
  const change = (text: string) => {
    setTyped(text);
    setSent(false);
    setProblem(null);
  };
  return (
    <form className="toolbar filing-search" role="search" onSubmit={submit} autoComplete="off">
      <label className="field">
        <span>{words.search.label}</span>
        <input ref={field} value={typed} maxLength={60} autoComplete="off" autoCapitalize="none" spellCheck={false}
          autoCorrect="off" data-testid="filing-search" aria-invalid={problem ? true : undefined}
          aria-describedby="search-hint" onFocus={(event) => event.target.select()}
          onChange={(event) => change(event.target.value)} />
      </label>
      <button type="submit" className="button primary" data-testid="filing-search-go" aria-disabled={isBusy}>
        {isBusy ? words.search.busy : words.search.button}
      </button>
      <p id="search-hint" className="hint">{words.search.hint}</p>
      <div role="alert">{problem && <p className="error" data-testid="filing-search-problem">{problem}</p>}</div>
    </form>
  );
}
