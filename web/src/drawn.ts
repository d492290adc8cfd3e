/** What is written in a reply's bubble, so that nothing is said twice. Pure. */
import type { Message } from "./messages";
import type { AnswerCustom, Custom } from "./protocol";
import { words } from "./words";

/**
 * The text without what the card beside it shows anyway.
 *
 * Each reply's text has to make sense where nothing can be drawn, so it may repeat
 * the whole letter or every reviewed line.
 */
export function leadText({ text = "", custom, buttons }: Message): string {
  if (custom?.kind === "cost_text") return buttons?.length ? words.cost.again : ""; // the card before it shows each line
  if (custom?.kind === "commitment_letter") return text.replace(custom.text, "").trim();
  const isDrawn = drawnBy(custom);
  if (!isDrawn) return text;
  const lines = text.split("\n");
  const kept = lines.filter((line) => !isDrawn(line));
  // 请核对： led to the lines that are gone, and the card has that title.
  if (kept.length < lines.length && kept[0]?.endsWith("：")) kept.shift();
  return kept.join("\n").trim();
}

/** Nothing of it is left to draw: no row, no empty avatar. */
export function isSilent({ custom, buttons }: Message): boolean {
  return custom?.kind === "cost_text" && !buttons?.length;
}

function drawnBy(custom: Custom | undefined): ((line: string) => boolean) | null {
  switch (custom?.kind) {
    case "review":
      return (line) => custom.fields.some(({ title, value }) => line.includes(title) && line.includes(value));
    case "receipt": {
      const { filing_no, status_text, notes = [] } = custom;
      return (line) => line.includes(filing_no) || notes.includes(line.trim()) || isValue(line, status_text);
    }
    case "filing": {
      const values = [custom.filing_no, custom.status_text, custom.treatment_region, custom.valid_to_text];
      const whole = [custom.kind_title, custom.may_change_text, ...(custom.return_reason?.split("\n") ?? [])];
      return (line) =>
        values.some((value) => value && line.includes(value)) || whole.some((value) => isValue(line, value));
    }
    default:
      return null;
  }
}

/** The line says the value and nothing else, with or without what it is: 办的是：异地长期居住. */
function isValue(line: string, value: string | undefined): boolean {
  const end = value?.trim().replace(/。$/, "");
  const said = line.trim().replace(/。$/, "");
  return !!end && (said === end || said.endsWith(`：${end}`));
}

/** The answer whose reasons this message holds: they are sent as the message after it. */
export function answerBehind(before: Message | undefined, message: Message | undefined): AnswerCustom | null {
  if (before?.custom?.kind !== "answer" || !message || message.from !== "bot" || message.custom) return null;
  return sourceLine(message) === undefined ? null : before.custom;
}

/** The line that says in short what the answer rests on. */
export function sourceLine({ text = "" }: Message): string | undefined {
  return text.split("\n").find(isSource);
}

/** The reasons without source and warnings, which are drawn below them. */
export function reasons({ text = "" }: Message, { warnings = [] }: AnswerCustom): string {
  return text.split("\n").filter((line) => !isSource(line) && !warnings.includes(line)).join("\n");
}

const isSource = (line: string) => line.startsWith(`${words.answer.source}：`);
