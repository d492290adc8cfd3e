import { words } from "./words";

/** Days and times as they are read aloud, always in China's time. */
const parts = new Intl.DateTimeFormat("zh-CN", {
  timeZone: "Asia/Shanghai", year: "numeric", month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit",
  hourCycle: "h23",
});

/** 2026-12-01 → 2026年12月1日. */
export function day(iso: string): string {
  const [year, month, date] = iso.split("-").map(Number);
  return words.day(year ?? "", month ?? "", date ?? "");
}

/** A moment → 2026年11月22日 10:30. */
export function moment(iso: string): string {
  const found = Object.fromEntries(parts.formatToParts(new Date(iso)).map((part) => [part.type, part.value]));
  return `${words.day(found.year ?? "", found.month ?? "", found.day ?? "")} ${found.hour}:${found.minute}`;
}

/** Today's date in China as a date field takes it. */
export const today = (now: Date) => new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
