/** What can be known of a bill before it is sent, and how its rows are shown. Pure. */
import type { BillFault, BillRow } from "./protocol";
import { billWords } from "./words";

export const LARGEST_BYTES = 5_000_000;
export const ACCEPTED = [".csv", ".txt", ".xlsx"];
export const FIRST_ROWS = 50;

/** Why a file needn't be sent at all; null when it may be. */
export function problemOfFile({ name, size }: Pick<File, "name" | "size">): string | null {
  if (!ACCEPTED.some((ending) => name.toLowerCase().endsWith(ending))) return billWords.kind(name);
  if (size === 0) return billWords.empty(name);
  return size > LARGEST_BYTES ? billWords.tooBig(name, megabytes(size)) : null;
}

/** Rounded up: a file that is too big never reads 5 MB. */
function megabytes(size: number): string {
  return (Math.ceil(size / 100_000) / 10).toFixed(1);
}

/** In the order of the bill; what is about no line comes last. */
export function byLine(faults: readonly BillFault[]): BillFault[] {
  const place = ({ line }: BillFault) => line ?? Number.MAX_SAFE_INTEGER;
  return [...faults].sort((a, b) => place(a) - place(b));
}

/** "乙类 先付5%". */
export function classWords({ class_title, class_b_rate }: BillRow): string {
  const percent = class_b_rate === null ? NaN : Number((Number(class_b_rate) * 100).toFixed(2));
  const rate = percent > 0 ? billWords.rate(`${percent}%`) : "";
  return [class_title, rate].filter(Boolean).join(" ");
}
