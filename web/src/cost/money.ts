/** Sums of money as people read them. Counted in whole cents: 0.1 + 0.2 is no sum of money. */
import { costWords } from "./words";

const SUM = /^-?\d{1,12}(\.\d{1,2})?$/;

/** "800.50" → 80050; NaN for what is no sum. */
export function cents(sum: string): number {
  return SUM.test(sum) ? Math.round(Number(sum) * 100) : NaN;
}

/** 80050 → "800.50". */
export function asSum(count: number): string {
  return (count / 100).toFixed(2);
}

/** To the cent, for tables: "25,000.00". What is no sum stays as it came. */
export function toTheCent(sum: string): string {
  if (!SUM.test(sum)) return sum;
  const [whole = "", part = ""] = sum.split(".");
  return `${grouped(whole)}.${part.padEnd(2, "0")}`;
}

/** For sentences: "25,000", with cents only where there are some. */
export function plain(sum: string): string {
  return toTheCent(sum).replace(/\.00$/, "");
}

/** For the chart, which has the exact sums below it: "25,000". */
export function rounded(count: number): string {
  return grouped(String(Math.round(count / 100)));
}

/** "-2250.00" → "少付2,250元": whether that is good or bad never hangs on a sign or a colour. */
export function differenceWords(difference: string): string {
  const count = cents(difference);
  if (count === 0) return costWords.same;
  const sum = plain(difference.replace("-", ""));
  return count < 0 ? costWords.less(sum) : costWords.more(sum);
}

function grouped(whole: string): string {
  return whole.replace(/\B(?=(\d{3})+$)/g, ",");
}
