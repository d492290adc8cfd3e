/** What can be seen to be wrong with a lookup before it is sent: each wrong one sent counts as a try. Pure. */
import { problemOfWhole, tidy } from "../inputs/shapes";
import { lookupWords } from "./words";

export const FIELDS = ["filing_no", "id_last_four", "phone"] as const;
export type LookupField = (typeof FIELDS)[number];
export type Lookup = Record<LookupField, string>;

const GROUPS = [6, 6, 4, 4, 1];
const DIGITS = 21;

/** As it is shown while typing. */
export function shaped(field: LookupField, typed: string): string {
  if (field === "filing_no") return grouped(typed);
  return field === "id_last_four" ? tidy("id_number", typed) : typed;
}

/** "3710002611224" → "371000-261122-4"; a dash only where a digit follows, so that deleting never sticks. */
export function grouped(typed: string): string {
  let rest = tidy("phone", typed).replace(/\D/g, "");
  const groups: string[] = [];
  for (const size of GROUPS) {
    groups.push(rest.slice(0, size));
    rest = rest.slice(size);
  }
  return groups.filter(Boolean).join("-") + rest;
}

/** Where the cursor belongs in the grouped number when so many digits lie before it. */
export function placeAfter(text: string, digits: number): number {
  let place = 0;
  for (let left = digits; left > 0 && place < text.length; place++) if (/\d/.test(text.charAt(place))) left--;
  return place;
}

/** What is wrong with a field that is about to be sent; null when its shape is right. */
export function problemOf(field: LookupField, value: string): string | null {
  if (!value.trim()) return lookupWords.empty(lookupWords[field]);
  if (field === "filing_no") return numberProblem(value.replace(/\D/g, ""));
  if (field === "id_last_four") return /^\d{3}[\dX]$/.test(value) ? null : lookupWords.lastFour;
  return problemOfWhole("phone", tidy("phone", value));
}

function numberProblem(digits: string): string | null {
  if (digits.length < DIGITS) return lookupWords.noShort(digits.length);
  if (digits.length > DIGITS) return lookupWords.noLong(digits.length);
  return isLuhn(digits) ? null : lookupWords.noWrong;
}

/** The check digit catches a wrong digit and most swapped ones. */
function isLuhn(digits: string): boolean {
  let sum = 0;
  [...digits].reverse().forEach((digit, at) => {
    const value = at % 2 === 0 ? Number(digit) : Number(digit) * 2;
    sum += value > 9 ? value - 9 : value;
  });
  return sum % 10 === 0;
}

export function messageOf({ filing_no, id_last_four, phone }: Lookup): string {
  return lookupWords.message(filing_no, id_last_four, tidy("phone", phone));
}
