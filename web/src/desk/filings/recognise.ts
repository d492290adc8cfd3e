/** What was typed into the one search box: a filing's number, an ID number or a phone. */
export type Sought = { kind: "number" | "id_number" | "phone"; value: string };

const FILING_NO = /^(\d{6})(\d{6})(\d{4})(\d{4})(\d)$/;
const ID_NUMBER = /^\d{17}[\dX]$/;
const PHONE = /^(?:(?:\+?86)?1\d{10}|0\d{9,11})$/;

/** Null when it is none of them. However it was spaced, also in full-width digits. */
export function recognise(typed: string): Sought | null {
  const text = typed.normalize("NFKC").replace(/[\s\-‐-―−()（）]/g, "").toUpperCase();
  const number = FILING_NO.exec(text);
  if (number) return { kind: "number", value: number.slice(1).join("-") };
  if (ID_NUMBER.test(text)) return { kind: "id_number", value: text };
  if (PHONE.test(text)) return { kind: "phone", value: text };
  return null;
}

/** What may stay on the screen once it was looked for; a filing's number tells of nobody. */
export function masked({ kind, value }: Sought): string {
  if (kind === "number") return value;
  return value.slice(0, 3) + "*".repeat(value.length - 7) + value.slice(-4);
}
