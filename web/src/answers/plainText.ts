/** An answer as plain text: to be copied, passed on, read aloud. Pure. */
import { citationLine } from "../format";
import type { Message } from "../messages";
import type { AnswerCustom, SideBySideCustom } from "./protocol";
import { words } from "../words";
import { partsOf } from "./parts";

/** Conclusion, why, what to do, each source in full, warnings. */
export function answerText(conclusion: Message, basis: Message | null, answer: AnswerCustom): string {
  const { why, toDo, source } = partsOf(basis, answer);
  const citations = (answer.citations ?? []).map((citation) => `${words.answer.source}：${citationLine(citation)}`);
  const sources = citations.length || !source ? citations : [source];
  return lines([conclusion.text, ...why, ...toDo, ...sources, ...(answer.warnings ?? [])]);
}

/** Under each place its conclusion, its source and its warnings. */
export function comparisonText({ title, sides }: SideBySideCustom): string {
  const each = sides.map(({ place, text, sources, warnings = [] }) =>
    lines([`${place}：${text}`, sources && `${words.answer.source}：${sources}`, ...warnings]),
  );
  return lines([title, ...each]);
}

function lines(all: (string | undefined)[]): string {
  return all.filter(Boolean).join("\n");
}
