/** Times as the desk writes them: short, in the time of whoever looks. */
import { listenWords } from "./words";

const clockOf = (at: Date) => `${two(at.getHours())}:${two(at.getMinutes())}`;
const two = (value: number) => String(value).padStart(2, "0");

export const clock = (at: string) => clockOf(new Date(at));

/** 11月22日 10:30; with the year where it is another. */
export function dayAndClock(at: string, now = new Date()): string {
  const day = new Date(at);
  const year = day.getFullYear() === now.getFullYear() ? undefined : day.getFullYear();
  return `${listenWords.day(day.getMonth() + 1, day.getDate(), year)} ${clockOf(day)}`;
}
