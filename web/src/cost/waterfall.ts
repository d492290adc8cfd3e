/** The bars of the chart: each begins where the one before ended, and the last ends at the total. Pure. */
import { asSum, cents, plain } from "./money";
import type { CostComponent, Payer } from "./protocol";
import { costWords } from "./words";

export interface Bar {
  title: string;
  /** "unknown" is what no component accounts for. */
  payer: Payer | "total" | "unknown";
  /** In cents. */
  start: number;
  end: number;
}

/** In cents, what no part accounts for: more than nothing where a figure isn't known. */
export function unaccounted(total: string, components: readonly CostComponent[]): number {
  return components.reduce((left, part) => left - cents(part.amount), cents(total));
}

/** The total, then each part that isn't nothing; null when the parts can't be parts of that total. */
export function waterfall(total: string, components: readonly CostComponent[]): Bar[] | null {
  const whole = cents(total);
  const amounts = components.map((part) => cents(part.amount));
  const left = unaccounted(total, components);
  if (!(whole > 0) || !(left >= 0) || amounts.some((amount) => amount < 0)) return null;
  const bars: Bar[] = [{ title: costWords.total, payer: "total", start: 0, end: whole }];
  let reached = 0;
  components.forEach(({ title, payer }, at) => {
    const end = reached + (amounts[at] ?? 0);
    if (end > reached) bars.push({ title, payer, start: reached, end });
    reached = end;
  });
  if (left > 0) bars.push({ title: costWords.unknown, payer: "unknown", start: reached, end: whole });
  return bars;
}

const INSIDE_FROM = 0.4;

/** Where a bar's figure has room: in it, or on its wider side. */
export function labelPlace({ start, end }: Bar, whole: number): "inside" | "left" | "right" {
  if ((end - start) / whole >= INSIDE_FROM) return "inside";
  return start > whole - end ? "left" : "right";
}

/** The chart in one sentence, for who doesn't see it. */
export function summary([total, ...parts]: Bar[]): string {
  const sum = ({ start, end }: Bar) => costWords.yuan(plain(asSum(end - start)));
  const named = parts.map((bar) => {
    const who = bar.payer === "patient" || bar.payer === "fund" ? `（${costWords.payer[bar.payer]}）` : "";
    return `${bar.title}${sum(bar)}${who}`;
  });
  return costWords.chartLabel(total ? total.title + sum(total) : "", named.join("、"));
}
