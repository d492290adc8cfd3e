/** What can be seen to be wrong while typing. Whether a number is real is for the server to say. */
import { words } from "../words";

/** Of the check digit, ISO 7064 MOD 11-2. */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_DIGITS = "10X98765432";

export type FieldKind = "text" | "id_number" | "phone";

/** Full-width digits to plain ones; spaces and dashes that people put between groups go. */
export function tidy(kind: FieldKind, typed: string): string {
  if (kind === "text") return typed.trim();
  const plain = typed.replace(/[！-～]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));
  const joined = plain.replace(/[\s\u3000·.-]/g, "");
  return kind === "id_number" ? joined.toUpperCase() : joined;
}

/** What is wrong already, though the field isn't finished: no complaint about what may still come. */
export function problemWhileTyping(kind: FieldKind, value: string): string | null {
  if (kind === "id_number") return idProblem(value);
  if (kind === "phone") return phoneProblemSoFar(value);
  return null;
}

/** What looks wrong with a finished number; only a hint, as whether it is real the server says. */
export function doubtOfWhole(kind: FieldKind, value: string): string | null {
  return kind === "id_number" && /^\d{17}[\dX]$/.test(value) && !hasCheckDigit(value) ? words.shape.idCheck : null;
}

function hasCheckDigit(value: string): boolean {
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(value.charAt(at)), 0);
  return CHECK_DIGITS.charAt(sum % 11) === value.charAt(17);
}

/** What is wrong with a field that is about to be sent; null when its shape is right. */
export function problemOfWhole(kind: FieldKind, value: string): string | null {
  if (!value) return words.shape.empty;
  const already = problemWhileTyping(kind, value);
  if (already) return already;
  if (kind === "id_number" && value.length < 18) return words.shape.idShort(value.length);
  if (kind === "phone") return phoneProblem(value);
  return null;
}

function idProblem(value: string): string | null {
  if (!/^\d{0,17}[\dX]?\d*$/.test(value)) return words.shape.idChars;
  return value.length > 18 ? words.shape.idLong(value.length) : null;
}

function phoneProblemSoFar(value: string): string | null {
  if (!/^[+\d]\d*$|^$/.test(value)) return words.shape.phoneChars;
  const number = value.replace(/^(\+|00)?86/, "");
  return /^1\d{11,}$/.test(number) ? words.shape.phoneLong(number.length) : null;
}

function phoneProblem(value: string): string | null {
  const number = value.replace(/^(\+|00)?86/, "");
  if (/^1\d{10}$/.test(number) || /^0\d{9,11}$/.test(number)) return null;
  return /^1\d{0,9}$/.test(number) ? words.shape.phoneShort(number.length) : words.shape.phoneChars;
}
