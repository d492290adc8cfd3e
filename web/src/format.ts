/** How dates, clock times and stored texts are shown to people. */
import type { Citation } from "./answers/protocol";
import { words } from "./words";

const ISO_DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const pad = (value: number) => String(value).padStart(2, "0");

/** "2026-09-10" → "2026年9月10日"; anything else unchanged. */
export function chineseDay(text: string): string {
  const match = ISO_DAY.exec(text);
  return match ? words.calendar.day(Number(match[1]), Number(match[2]), Number(match[3])) : text;
}

/** The day of a moment where the phone is, as "2026-09-10". */
export function isoDay(at: number): string {
  const then = new Date(at);
  return `${then.getFullYear()}-${pad(then.getMonth() + 1)}-${pad(then.getDate())}`;
}

/** Document, clause and date: the date in the words the document allows (约2021年), which may be no day at all. */
export function citationLine({ document, clause, date, issued }: Citation): string {
  return [document, clause, issued || (date && chineseDay(date))].filter(Boolean).join(" · ");
}

/** The phone's own time zone; the year only when it isn't this one. */
export function chineseTime(at: number, now: number): string {
  const then = new Date(at);
  const today = new Date(now);
  const clock = `${then.getHours()}:${pad(then.getMinutes())}`;
  if (then.toDateString() === today.toDateString()) return clock;
  return then.getFullYear() === today.getFullYear()
    ? `${words.calendar.dayOfYear(then.getMonth() + 1, then.getDate())} ${clock}`
    : `${dayOf(then)} ${clock}`;
}

/** For a timeline: a bare day stays a day, a timestamp gets its clock time. */
export function chineseMoment(at: string): string {
  if (ISO_DAY.test(at)) return chineseDay(at);
  const then = new Date(at);
  if (Number.isNaN(then.getTime())) return at;
  const clock = `${then.getHours()}:${pad(then.getMinutes())}`;
  return `${dayOf(then)} ${clock}`;
}

const dayOf = (then: Date) => words.calendar.day(then.getFullYear(), then.getMonth() + 1, then.getDate());

/** What a person's own bubble says: no picture data, dates in words. */
export function ownText(text: string): string {
  return text.startsWith("data:image/") ? words.signed : chineseDay(text);
}

/** Only addresses on our own server become links. */
export function ownAddress(url: string | undefined): string | undefined {
  const link = document.createElement("a");
  link.href = url ?? "";
  return url && link.origin === location.origin ? url : undefined;
}
