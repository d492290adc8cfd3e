import { maskedText } from "../../privacy";

/** Numbers that may be somebody's: they are never sent with a line, nor kept in the address. */
const PRIVATE = [
  /\d{6}[\s-]?\d{4}[\s-]?\d{4}[\s-]?\d{3}[\dXx]/g, // an ID number, also in groups
  /(?<!\d)(?:\+?86[\s-]?)?1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}(?!\d)/g, // a mobile phone
  /(?<!\d)0\d{2,3}[\s-]?\d{7,8}(?!\d)/g, // a landline
  /(?<!\d)(?!(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}(?!\d))\d(?:[\s\-–—.·_]?\d){8,}[Xx]?/g, // as long, in groups of any kind; no day
  /\d{7,}[Xx]?/g, // whatever else is that long, and an ID number that is still being typed
];

/** The line without such numbers, with said names and addresses masked, and whether there were any. Figures as 全角 count as well. */
export function withoutPrivate(line: string): { line: string; hidden: boolean } {
  const folded = line.replace(/[０-９Ｘｘ]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));
  const kept = maskedText(PRIVATE.reduce((text, numbers) => text.replace(numbers, " "), folded));
  if (kept === folded) return { line, hidden: false };
  return { line: kept.replace(/ {2,}/g, " ").trim(), hidden: true };
}
