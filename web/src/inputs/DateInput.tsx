import { type RefObject, useRef, useState } from "react";
import { chineseDay } from "../format";
import { words } from "../words";
import type { FieldProps } from "./AskCard";
import { adjusted, dayOf, daysOf, monthsOf, type Picked, pickedOf, rangeOf, shortcuts, today, weekday, yearsOf } from "./days";
import { FieldForm } from "./FieldForm";
import { useFieldFocus } from "./useFieldFocus";

const PARTS = ["year", "month", "day"] as const;
type Part = (typeof PARTS)[number];

/**
 * A day as three lists; sent as an ISO date.
 *
 * A browser's own date field speaks the browser's language, mm/dd/yyyy in an English one, and its calendar
 * is hard to steer; three lists hold only the days that may be picked.
 */
export function DateInput({ ask, label, isBusy, takesFocus, onSubmit }: FieldProps) {
  const now = useRef(Date.now()).current;
  const range = rangeOf(ask, now);
  const [picked, setPicked] = useState<Picked>(() => ({ year: nearestYear(range, now), month: "", day: "" }));
  const [problem, setProblem] = useState<string | null>(null);
  const first = useFieldFocus<HTMLSelectElement>(takesFocus);
  const card = useRef<HTMLDivElement>(null);

  const pick = (next: Picked) => {
    setPicked(adjusted(range, next));
    setProblem(null);
  };
  const day = dayOf(picked);
  const submit = () => {
    if (day) return onSubmit(day);
    setProblem(words.date.incomplete);
    const missing = PARTS.find((part) => !picked[part]);
    card.current?.querySelector<HTMLElement>(`[name=${missing}]`)?.focus();
  };
  const lists = { year: yearsOf(range), month: monthsOf(range, picked), day: daysOf(range, picked) };
  return (
    <div ref={card} data-testid={`ask-${ask.slot}`}>
      <FieldForm label={label} problem={problem} isBusy={isBusy} onSubmit={submit}>
        {(ids) => (
          <>
            <div className="field field--day">
              {PARTS.map((part) => (
                <List
                  key={part}
                  part={part}
                  label={`${label}：${words.date[part]}`}
                  figures={lists[part]}
                  value={picked[part]}
                  isMissing={problem !== null && !picked[part]}
                  ids={part === "year" ? ids : { problem: ids.problem }}
                  listRef={part === "year" ? first : undefined}
                  onPick={(figure) => pick({ ...picked, [part]: figure })}
                />
              ))}
            </div>
            <div className="day-shortcuts" role="group" aria-label={words.date.shortcuts}>
              {shortcuts(ask.slot, range, now).map(([title, near]) => (
                <button
                  key={title}
                  type="button"
                  aria-pressed={near === day}
                  data-testid="ask-shortcut"
                  onClick={() => pick(pickedOf(near))}
                >
                  {title}
                </button>
              ))}
              <span role="status" data-testid="ask-chosen">
                {day && words.date.chosen(chineseDay(day), weekday(day))}
              </span>
            </div>
          </>
        )}
      </FieldForm>
    </div>
  );
}

/** This year where it may be picked: few begin in another one. */
function nearestYear(range: { first: string; last: string }, now: number): string {
  const years = yearsOf(range);
  const current = today(now).slice(0, 4);
  return years.includes(current) ? current : (years[0] ?? "");
}

interface ListProps {
  part: Part;
  label: string;
  figures: string[];
  value: string;
  isMissing: boolean;
  ids: { field?: string; problem: string };
  listRef: RefObject<HTMLSelectElement> | undefined;
  onPick: (figure: string) => void;
}

function List({ part, label, figures, value, isMissing, ids, listRef, onPick }: ListProps) {
  const unit = words.date[part];
  return (
    <select
      ref={listRef}
      id={ids.field}
      name={part}
      value={value}
      aria-label={label}
      aria-invalid={isMissing}
      aria-describedby={ids.problem}
      data-testid={`ask-${part}`}
      onChange={(event) => onPick(event.target.value)}
    >
      <option value="">{unit}</option>
      {figures.map((figure) => (
        <option key={figure} value={figure}>
          {figure}
          {unit}
        </option>
      ))}
    </select>
  );
}
