/**
 * A message as its own bubble shows it until the server's masked form takes its place: what server/privacy.py
 * masks is masked here too, by the same patterns. No lookbehind (old iPhones): what stands before is matched along.
 */
import type { AskCustom } from "./protocol";

const HIDDEN = "〔已隐去〕";
const D = "[0-9０-９]";
const HAN = "[\\u4e00-\\u9fff]";
const GAP = "[\\s\\-－—–.·_]?";
const NO_DIGIT = `(^|[^0-9０-９])`;
const NO_SIGN = `(^|[^0-9A-Za-z])`;
/** Our own number is no secret to its owner. */
const NO_FILING_NUMBER = `(?!${D}{6}-${D}{6}-${D}{4}-${D}{4}-${D}(?!${D}))`;

const ID_NUMBER = new RegExp(`${NO_SIGN}(${NO_FILING_NUMBER}(?:${D}${GAP}){17}[0-9Xx])(?![0-9A-Za-z])`, "g");
const OLD_ID_NUMBER = new RegExp(`${NO_DIGIT}(${D}{15})(?!${D})`, "g");
const FOUR = `${D}{4}`;
const BANK_CARD = new RegExp(
  `${NO_DIGIT}(${NO_FILING_NUMBER}(?:${FOUR}${GAP}${FOUR}${GAP}${FOUR}${GAP}${FOUR}(?:${GAP}${D}{1,3})?|${D}{6}${GAP}${D}{10,13}))(?!${D})`,
  "g",
);
const MOBILE = new RegExp(`${NO_DIGIT}((?:\\+?86${GAP})?1[3-9]${D}(?:${GAP}${D}){8})(?!${D})`, "g");
const OTHER_NUMBERS = [
  new RegExp(`${NO_DIGIT}([(（]?0${D}{2,3}[)）]?${GAP}${D}{7,8})(?!${D})`, "g"),
  new RegExp(`((?:电话|座机|号码)[是:：\\s]*)(${D}{7,8})(?!${D})`, "g"),
  new RegExp(`${NO_DIGIT}(${D}{9,})(?!${D})`, "g"),
  new RegExp(`${NO_SIGN}([A-Za-z]{1,2}${D}{7,10})(?![0-9A-Za-z])`, "g"),
  /()([零〇一幺二三四五六七八九]{9,})/g,
  /(^|[^A-Za-z0-9_.+-])([A-Za-z0-9_.+-]{1,64}@(?:[A-Za-z0-9-]{1,64}\.){1,5}[A-Za-z]{2,})/g,
];
const ADDRESS =
  /[\u4e00-\u9fff0-9A-Za-z]{1,18}(?:路|街|大道|胡同|弄|巷|小区|花园|公寓|村|园|苑)[\u4e00-\u9fff0-9A-Za-z-]{0,12}?(?:\d+|[一二三四五六七八九十]+)(?:号|弄|栋|幢|座|单元|室|楼|组)[0-9A-Za-z号院栋幢座单元室楼层组弄-]*/g;
const RELATIVE = "爸|妈|父亲|母亲|爷爷|奶奶|姥姥|姥爷|老公|老婆|丈夫|妻子|爱人|老伴|儿子|女儿|闺女|孩子|他|她";
const SAID_NAME = new RegExp(
  `(我叫|(?:${RELATIVE})叫|名字叫|名字是|姓名是|姓名[:：]?|名叫|(?:参保人|患者|病人)[:：]` +
    `|本人(?=${HAN}{2,3}[，,。、 ])|我是(?=${HAN}{2,3}[，,] ?(?:我的?)?身份证))(\\s*)` +
    `(?![了不什怎要写填是的有没在呢吗哪谁错对跟和参自退一])(${HAN}{1,8}(?:[·•．.]${HAN}{1,8})+|${HAN}{2,4})`,
  "g",
);
/** Asked instead of answered: shown as it is, but for what the patterns know. */
const ASKING = /[?？]|吗|什么|怎么|怎样|多久|多少|几天|哪[里儿个些]|为啥|为什么|可以不|能不能|是不是|取消|稍后|继续|不办|人工|帮助/;

/** The text with ID numbers, phones, cards, long numbers, said names and addresses masked. */
export function maskedText(text: string): string {
  if (text.startsWith("data:")) return text;
  let shown = text.replace(ID_NUMBER, (_, before: string, found: string) => before + maskedId(found));
  shown = shown.replace(OLD_ID_NUMBER, (_, before: string, found: string) => before + maskedId(found));
  shown = shown.replace(BANK_CARD, (_, before: string) => before + HIDDEN);
  shown = shown.replace(MOBILE, (_, before: string, found: string) => before + maskedMobile(found));
  for (const numbers of OTHER_NUMBERS) shown = shown.replace(numbers, (_, before: string) => before + HIDDEN);
  shown = shown.replace(ADDRESS, HIDDEN);
  return shown.replace(SAID_NAME, (_, cue: string, gap: string, name: string) => cue + gap + maskedName(name));
}

/**
 * Whether what is typed into the message box is the answer to a private question: it then shows as dots.
 *
 * A name or an address looks like nothing in particular, so where one is asked all but questions is hidden.
 */
export function isPrivateAnswer(ask: AskCustom | null, text: string): boolean {
  if (!ask || ask.input === "paper" || ask.input === "choice") return false;
  const isSecret = ask.sensitive === true || ask.input === "signature" || ask.input === "lookup";
  return isSecret && !ASKING.test(text);
}

function maskedId(found: string): string {
  const plain = found.replace(/[^0-9０-９Xx]/g, "");
  return plain.slice(0, 3) + "*".repeat(plain.length - 7) + plain.slice(-4);
}

function maskedMobile(found: string): string {
  const plain = found.replace(/[^0-9０-９]/g, "").slice(-11);
  return `${plain.slice(0, 3)}****${plain.slice(-4)}`;
}

function maskedName(name: string): string {
  return name.charAt(0) + "*".repeat(Math.max(name.length - 1, 1));
}
