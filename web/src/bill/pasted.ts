/** A bill pasted into the message box. */
import { words } from "../words";

/** A message longer than this doesn't reach the assistant whole. */
const LONGEST_MESSAGE = 2000;
const FEWEST_LINES = 10;

/**
 * A pasted bill that is too long for a message, as a file; null for everything else.
 *
 * Cut in the middle it would give a sum that is wrong without anyone seeing it.
 */
export function pastedBill(text: string): File | null {
  return isLongBill(text) ? new File([text], words.bill.pastedName, { type: "text/plain" }) : null;
}

/** Many lines, most of them with a figure: a long story has neither. */
export function isLongBill(text: string): boolean {
  const lines = text.split(/\r\n?|\n/).filter((line) => line.trim());
  const withFigure = lines.filter((line) => /\d/.test(line));
  return text.length > LONGEST_MESSAGE && lines.length >= FEWEST_LINES && withFigure.length * 2 > lines.length;
}
