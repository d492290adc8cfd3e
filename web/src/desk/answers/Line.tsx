/** The line to write in, the day, and below it what else may have been meant: a list for the arrow keys. */
import { forwardRef, type KeyboardEvent, useEffect, useState } from "react";
import type { Query } from "./query";
import { recentLines } from "./recent";
import type { Suggestion } from "./types";
import { words } from "./words";

interface Props {
  query: Query;
  put: (query: Query) => void;
  /** What is typed, or a whole line taken from the list: another question, perhaps another caller's. */
  type: (line: string) => void;
  suggestions: readonly Suggestion[];
  onTopic: (topic: string) => void;
  onEnter: () => void;
  onClear: () => void;
}

interface Option {
  id: string;
  title: string;
  says: string;
  take: () => void;
}

export const Line = forwardRef<HTMLInputElement, Props>(function Line(props, ref) {
  const { query, put, type, suggestions, onTopic, onEnter, onClear } = props;
  const [at, setAt] = useState(-1);
  const isFresh = query.q === "";
  const options: Option[] = isFresh
    ? recentLines().map((line, n) => ({ id: `recent-${n}`, title: line, says: "", take: () => type(line) }))
    : suggestions.map((one) => ({
        id: `topic-${one.topic}`, title: one.title, says: one.line, take: () => onTopic(one.topic),
      }));
  useEffect(() => setAt(-1), [query]);

  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (options.length === 0) return;
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      setAt((was) => ((was + step + 1 + options.length + 1) % (options.length + 1)) - 1);
    } else if (event.key === "Escape") {
      event.preventDefault();
      onClear();
    } else if (event.key === "Enter") {
      event.preventDefault();
      const chosen = options[at];
      if (chosen) chosen.take();
      else onEnter();
    }
  };
  return (
    <div className="panel line">
      <div className="toolbar">
        <div className="field grow">
          <label htmlFor="desk-line">{words.line}</label>
          <input
            ref={ref} id="desk-line" data-testid="desk-line" type="text" value={query.q} maxLength={200}
            placeholder={words.placeholder} autoComplete="off" spellCheck={false} enterKeyHint="search"
            role="combobox" aria-autocomplete="list" aria-expanded={options.length > 0} aria-controls="desk-others"
            aria-activedescendant={options[at]?.id} onKeyDown={press}
            onChange={(event) => type(event.target.value)}
          />
        </div>
        <label className="field">
          <span>{words.day} <small className="hint">{words.dayHint}</small></span>
          <input
            type="date" data-testid="desk-day" value={query.on ?? ""} min="2000-01-01" max="2100-12-31"
            onChange={(event) => put({ ...query, on: event.target.value || undefined })}
          />
        </label>
        <button type="button" className="button" onClick={onClear}>{words.clear} <kbd>Esc</kbd></button>
      </div>
      {options.length > 0 && <p className="others-title">{isFresh ? words.recent : words.others}</p>}
      <ul id="desk-others" role="listbox" aria-label={isFresh ? words.recent : words.others} className="others">
        {options.map((one, n) => (
          <li
            key={one.id} id={one.id} role="option" aria-selected={n === at} data-testid="desk-other"
            onMouseDown={(event) => event.preventDefault()} onClick={one.take}
          >
            <strong>{one.title}</strong> <span className="hint">{one.says}</span>
          </li>
        ))}
      </ul>
    </div>
  );
});
