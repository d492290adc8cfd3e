/** Which days a question takes, as years, months and days to pick from. Pure: the time is passed in. */
import type { AskCustom } from "../protocol";
import { dateWords } from "./words";

/** Days that can only lie behind. */
const PAST: ReadonlySet<string> = new Set(["admitted_on", "discharged_on"]);
const CHINA_MS = 8 * 3_600_000;
const DAY_MS = 24 * 3_600_000;
/** How far the list of years goes where the question names no end; what is too far the server says. */
const YEARS = 3;

export interface Range {
  first: string;
  last: string;
}

/** Each a figure without leading zeros, or "" while nothing is picked. */
export interface Picked {
  year: string;
  month: string;
  day: string;
}

/** Today in China, ISO. */
export const today = (now: number) => isoDay(now + CHINA_MS);

const isoDay = (at: number) => new Date(at).toISOString().slice(0, 10);

/** The first and the last day that may be picked. */
export function rangeOf({ slot, min, max }: Pick<AskCustom, "slot" | "min" | "max">, now: number): Range {
  const day = today(now);
  const year = Number(day.slice(0, 4));
  const last = max ?? (PAST.has(slot) ? day : `${year + YEARS}-12-31`);
  return { first: min ?? `${Number(last.slice(0, 4)) - YEARS}-01-01`, last };
}

/** The days that are one press away: today, and the next one in the direction the question looks. */
export function shortcuts(slot: string, range: Range, now: number): [title: string, day: string][] {
  const near = PAST.has(slot)
    ? ([[dateWords.today, 0], [dateWords.yesterday, -1]] as const)
    : ([[dateWords.today, 0], [dateWords.tomorrow, 1]] as const);
  return near
    .map(([title, days]): [string, string] => [title, isoDay(now + CHINA_MS + days * DAY_MS)])
    .filter(([, day]) => day >= range.first && day <= range.last);
}

export function yearsOf({ first, last }: Range): string[] {
  return figures(Number(first.slice(0, 4)), Number(last.slice(0, 4)));
}

/** The months of the year that lie within the range; all of them while no year is picked. */
export function monthsOf({ first, last }: Range, { year }: Picked): string[] {
  const from = first.startsWith(`${year}-`) ? Number(first.slice(5, 7)) : 1;
  const to = last.startsWith(`${year}-`) ? Number(last.slice(5, 7)) : 12;
  return figures(from, to);
}

/** The days of the month that lie within the range. */
export function daysOf({ first, last }: Range, { year, month }: Picked): string[] {
  const here = `${year}-${month.padStart(2, "0")}-`;
  const from = first.startsWith(here) ? Number(first.slice(8)) : 1;
  const to = last.startsWith(here) ? Number(last.slice(8)) : lengthOf(Number(year), Number(month));
  return figures(from, to);
}

/** What is still picked after one of the three was changed: a day that the month hasn't is let go. */
export function adjusted(range: Range, picked: Picked): Picked {
  const month = monthsOf(range, picked).includes(picked.month) ? picked.month : "";
  const day = daysOf(range, { ...picked, month }).includes(picked.day) ? picked.day : "";
  return { ...picked, month, day };
}

/** ISO; "" until all three are picked. */
export function dayOf({ year, month, day }: Picked): string {
  return year && month && day ? `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}` : "";
}

export function pickedOf(day: string): Picked {
  const [year = "", month = "", date = ""] = day.split("-").map((part) => String(Number(part)));
  return { year, month, day: date };
}

export function weekday(day: string): string {
  return dateWords.weekdays[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? "";
}

function lengthOf(year: number, month: number): number {
  return year && month ? new Date(Date.UTC(year, month, 0)).getUTCDate() : 31;
}

function figures(from: number, to: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, at) => String(from + at));
}
