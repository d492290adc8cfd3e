/** What each chart shows, apart from how it is drawn: also what the table below it says. */
import type { Counted, Day, Figures } from "./protocol";
import { listenWords } from "./words";

const words = listenWords.figures;
const MOST_RANKED = 12;
/** Outcomes that are told apart in the chart of days; small talk and steps of filings are no questions. */
export const GROUPS: Record<string, readonly string[]> = {
  answered: ["answered", "cost"],
  asked_back: ["asked_back"],
  not_stated: ["not_stated", "not_in_force", "no_pack"],
  fallback: ["fallback"],
};

export interface ChartData {
  shape: "ranking" | "stack" | "lines";
  names: string[];
  series: { title: string; values: (number | null)[] }[];
  summary: string;
}

const sum = (outcomes: Record<string, number>, names: readonly string[]) =>
  names.reduce((total, name) => total + (outcomes[name] ?? 0), 0);

export function ranking(title: string, column: string, counted: readonly Counted[]): ChartData {
  const shown = counted.slice(0, MOST_RANKED);
  return {
    shape: "ranking",
    names: shown.map(nameOf),
    series: [{ title: column, values: shown.map((one) => one.count) }],
    summary: words.summary(title, shown.map((one) => `${nameOf(one)} ${one.count}`).join("，")),
  };
}

export const nameOf = (one: Counted) => one.title || words.noRegion;

/** 11月22日 of 2026-11-22. */
const shortDay = ({ day }: Day) => listenWords.day(Number(day.slice(5, 7)), Number(day.slice(8)));

export function byDay(days: readonly Day[]): ChartData {
  return {
    shape: "stack",
    names: days.map(shortDay),
    series: Object.entries(GROUPS).map(([group, outcomes]) => ({
      title: words.groups[group] ?? group,
      values: days.map((day) => sum(day.outcomes, outcomes)),
    })),
    summary: words.days,
  };
}

export function waitingByDay(days: readonly Day[]): ChartData {
  return {
    shape: "lines",
    names: days.map(shortDay),
    series: [
      { title: words.columns.median, values: days.map((day) => day.waiting.median) },
      { title: words.columns.slow, values: days.map((day) => day.waiting.slow) },
    ],
    summary: words.waiting,
  };
}

/** Of what was asked: how much, and how much of it was answered. */
export function asked({ outcomes }: Figures) {
  const all = Object.values(GROUPS).reduce((total, names) => total + sum(outcomes, names), 0);
  return { all, answered: sum(outcomes, GROUPS.answered ?? []) };
}
