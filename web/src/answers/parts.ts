/** What an answer is made of, taken apart from the lines of the message behind it. Pure. */
import type { Message } from "../messages";
import type { AnswerCustom } from "./protocol";
import { words } from "../words";

export interface AnswerParts {
  why: string[];
  toDo: string[];
  /** The line that says in short what it rests on. */
  source: string | undefined;
}

/** The answer whose reasons this message holds: they are sent as the message after it. */
export function answerBehind(before: Message | undefined, message: Message | undefined): AnswerCustom | null {
  if (before?.custom?.kind !== "answer" || !message || message.from !== "bot" || message.custom) return null;
  // What was said before answers told of it is known by the source in it.
  const hasBasis = before.custom.has_basis ?? (message.text ?? "").split("\n").some(isSource);
  return hasBasis ? before.custom : null;
}

export function partsOf(basis: Message | null, { to_do = [], warnings = [] }: AnswerCustom): AnswerParts {
  const all = (basis?.text ?? "").split("\n").filter(Boolean);
  const said = all.filter((line) => !isSource(line) && !warnings.includes(line));
  return {
    why: said.filter((line) => !to_do.includes(line)),
    toDo: said.filter((line) => to_do.includes(line)),
    source: all.find(isSource),
  };
}

/** The first sentence, which says it in short, and what comes after. */
export function firstSentence(text: string): [string, string] {
  const end = text.indexOf("。") + 1 || text.length;
  return [text.slice(0, end), text.slice(end)];
}

const isSource = (line: string) => line.startsWith(`${words.answer.source}：`);
