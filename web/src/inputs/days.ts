/** Which days a question takes. Pure: the time is passed in. */
import { chineseDay } from "../format";
import type { AskCustom } from "../protocol";
import { words } from "../words";

/** Days that can only lie behind. */
const PAST: ReadonlySet<string> = new Set(["admitted_on", "discharged_on"]);
const CHINA_MS = 8 * 3_600_000;

/** The last day that may be picked, ISO; for a day in the past it is today in China when the question names none. */
export function lastDay({ slot, max }: Pick<AskCustom, "slot" | "max">, now: number): string | undefined {
  return max ?? (PAST.has(slot) ? new Date(now + CHINA_MS).toISOString().slice(0, 10) : undefined);
}

/** What is wrong with a day that is about to be sent; null when it may be. */
export function problemOfDay(day: string, min: string | undefined, max: string | undefined): string | null {
  if (!day) return words.shape.empty;
  if (min && day < min) return words.shape.dateEarly(chineseDay(min));
  return max && day > max ? words.shape.dateLate(chineseDay(max)) : null;
}
