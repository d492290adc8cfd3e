/** Turns what is written into what can be said: figures, dates, phone numbers, clauses. Pure. */
import { words } from "../words";
import { numbersSaid } from "./numbers";

const { say, questions } = words.speech;

type Rule = [pattern: RegExp, said: string | ((...parts: string[]) => string)];

const BEFORE: Rule[] = [
  [/https?:\/\/\S+/g, ""],
  [/\*\*(\S[^*]*)\*\*|^[-•·]\s+/gm, "$1"],
  [/[「」『』“”《》]/g, ""],
  [/([\u4e00-\u9fff])\*{2,}/g, (_, name) => say.somebody(name)],
  [/[〔[](\d{4})[〕\]]\s*(\d+)号/g, (_, year, number) => say.document(year, number)],
  [/([一二三四五六七八九十]+)（([一二三四五六七八九十]+)）(\d*)/g, (_, part, clause, item) => say.clause(part, clause, item)],
  [new RegExp(`${questions}(\\d+)`, "g"), (_, number) => say.question(number)],
  [/§\s*(\d+)/g, (_, number) => say.article(number)],
  [/[¥￥]\s*(\d[\d,]*(?:\.\d+)?)/g, (_, sum) => say.yuan(sum)],
  [/^(\d{1,2})[.、．](?!\d)\s*/gm, "$1，"],
  // A minus: after a sum of money, or with room around it. Else it lies between two ends.
  [/元\s*[-−–]\s*(?=\d)/g, say.yuan(say.minus)],
  [/(\d)\s+[-−–]\s+(?=\d)/g, `$1${say.minus}`],
  [/(元|\d|%)\s*\+\s*(?=\d)/g, `$1${say.plus}`],
];

const AFTER: Rule[] = [
  [/\s*×\s*/g, say.times],
  [/\s*÷\s*/g, say.dividedBy],
  [/\s*＋\s*/g, say.plus],
  [/\s*[＝=]\s*/g, say.equals],
  [/\s*−\s*/g, say.minus],
  [/≥/g, say.atLeast],
  [/≤/g, say.atMost],
  [/元\/([\u4e00-\u9fff])/g, (_, unit) => say.per(unit)],
  [/\*{2,}/g, ""],
  [/\s*(?:→|·|\/|｜|\|)\s*/g, "，"],
  [/\s*[（）()]\s*/g, "，"],
  [/ {2,}/g, " "],
  [/，+(?=[，。！？；：]|$)/gm, ""],
];

/** What a voice says of an answer's text: one sentence or line after the other. */
export function speakable(text: string): string {
  const said = applied(AFTER, numbersSaid(applied(BEFORE, text)));
  const lines = said.split("\n").map((line) => line.trim()).filter(Boolean);
  return lines.map((line) => (/[。！？；：]$/.test(line) ? line : `${line}。`)).join("");
}

function applied(rules: Rule[], text: string): string {
  return rules.reduce((so_far, [pattern, by]) => so_far.replace(pattern, by as string), text);
}

const LONGEST_PIECE = 60;

/** The same in pieces, as long as a breath: browsers break off after some seconds, and a pause goes on from a piece. */
export function pieces(text: string): string[] {
  const sentences = speakable(text).match(/[^。！？；]+[。！？；]*/g) ?? [];
  return sentences.flatMap((sentence) => (sentence.length > LONGEST_PIECE ? atCommas(sentence) : [sentence]));
}

function atCommas(sentence: string): string[] {
  const found: string[] = [];
  for (const part of sentence.match(/[^，：]+[，：]*/g) ?? []) {
    const last = found[found.length - 1];
    if (last !== undefined && last.length + part.length <= LONGEST_PIECE) found[found.length - 1] = last + part;
    else found.push(part);
  }
  return found;
}
