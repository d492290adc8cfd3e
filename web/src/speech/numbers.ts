/**
 * How the numbers in a text are said. Pure.
 *
 * One pass from left to right, in which each number is taken whole: a hotline isn't found inside a longer
 * number, and no lookbehind is needed, which old phones don't know.
 */
import { words } from "../words";

const { digits, say } = words.speech;

const apart = (text: string) => [...text].map((sign) => digits[Number(sign)] ?? sign.toUpperCase()).join("");
const groups = (text: string) => text.split("-").map(apart).join("，");
/** "25,000.00" → "25000", "9256.50" → "9256.5" */
const plain = (sum: string) => {
  const bare = sum.replace(/,/g, "");
  return bare.includes(".") ? bare.replace(/\.?0+$/, "") : bare;
};

const SUM = "\\d+(?:,\\d{3})*(?:\\.\\d+)?";
const TO = "\\s*[-~～–—－至到]\\s*";
/** 12393 alone is a hotline, 12393元 a sum. */
const NO_SUM = "(?![\\d.,%元万岁个天年月日号人次条项]|\\s*[×÷=＝−])";

const HOTLINE = `(12393|12345|12333|12320|12315|120|119|110)${NO_SUM}`;

/** In this order: the longest and most certain first, any other number last. */
const KINDS: [pattern: string, said: (...parts: string[]) => string][] = [
  ["(\\d*)\\*{3,}(\\w{2,4})", (_, end = "") => say.endsIn(apart(end))], // masked: what can't be seen can't be said
  ["(\\d{6}-\\d{6}-\\d{4}-\\d{4}-\\d)(?!\\d)", groups],
  ["(\\d{17}[\\dXx])(?!\\d)", apart],
  ["(\\d{4})-(\\d{1,2})-(\\d{1,2})(?!\\d)", (year = "", month, day) => say.day(year, Number(month), Number(day))],
  ["(\\d{4})[./](\\d{1,2})[./](\\d{1,2})(?!\\d)", (year = "", month, day) => say.day(year, Number(month), Number(day))],
  ["(0\\d{2,3}-\\d{7,8})(?!\\d)", groups],
  ["(1\\d{10})(?!\\d)", apart],
  [HOTLINE, apart],
  [`(${SUM})%?${TO}(${SUM})%`, (low = "", high = "") => say.to(say.percent(plain(low)), say.percent(plain(high)))],
  [`(${SUM})%`, (share = "") => say.percent(plain(share))],
  [`(${SUM})${TO}(${SUM})`, (low = "", high = "") => say.to(plain(low), plain(high))],
  [`(${SUM})`, plain],
];

const ANY = new RegExp(KINDS.map(([pattern]) => `(?:${pattern})`).join("|"), "g");
const EACH = KINDS.map(([pattern, said]) => ({ isHotline: pattern === HOTLINE, whole: new RegExp(`^(?:${pattern})`), said }));

/** What is left of a calculation before a number: what follows is a sum. */
const RECKONED = new RegExp(`[=＝×÷${say.minus}${say.plus}]\\s*$`);

export function numbersSaid(text: string): string {
  return text.replace(ANY, (...found: (string | number)[]) => {
    const at = found[found.length - 2] as number;
    const isSum = RECKONED.test(text.slice(0, at));
    const rest = text.slice(at); // to the end: what follows decides whether it is a sum
    for (const { isHotline, whole, said } of EACH) {
      const match = isHotline && isSum ? null : whole.exec(rest);
      if (match) return said(...match.slice(1));
    }
    return String(found[0]);
  });
}
