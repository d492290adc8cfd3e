/** What is written in a reply's bubble, so that nothing is said twice. Pure. */
import { answerBehind } from "./answers/parts";
import type { Message } from "./messages";
import type { Custom } from "./protocol";
import { words } from "./words";

/**
 * The text without what the card beside it shows anyway.
 *
 * Each reply's text has to make sense where nothing can be drawn, so it may repeat
 * the whole letter or every reviewed line.
 */
export function leadText({ text = "", custom, buttons }: Message): string {
  if (custom?.kind === "cost_text") return buttons?.length ? words.cost.again : ""; // the card before it shows each line
  if (custom?.kind === "answer" || custom?.kind === "side_by_side") return ""; // all of it is on the card
  if (custom?.kind === "commitment_letter") return text.replace(custom.text, "").trim();
  const isDrawn = drawnBy(custom);
  if (!isDrawn) return text;
  const lines = text.split("\n");
  const kept = lines.filter((line) => !isDrawn(line));
  // 请核对： led to the lines that are gone, and the card has that title.
  if (kept.length < lines.length && kept[0]?.endsWith("：")) kept.shift();
  return kept.join("\n").trim();
}

/** Nothing of it is left to draw: no row, no empty avatar. `before` is the message it follows. */
export function isSilent(message: Message, before?: Message): boolean {
  const { custom, buttons } = message;
  if (custom?.kind === "cost_text") return !buttons?.length;
  return answerBehind(before, message) !== null || isOfComparison(before, message);
}

/** The warnings sent after a comparison: its card has each where it belongs. */
function isOfComparison(before: Message | undefined, { custom, text = "", buttons }: Message): boolean {
  if (before?.custom?.kind !== "side_by_side" || custom || buttons?.length) return false;
  const warnings = before.custom.sides.flatMap((side) => side.warnings ?? []);
  return text.split("\n").every((line) => warnings.includes(line));
}

function drawnBy(custom: Custom | undefined): ((line: string) => boolean) | null {
  switch (custom?.kind) {
    case "review":
      return (line) => custom.fields.some(({ title, value }) => line.includes(title) && line.includes(value));
    case "receipt": {
      const { filing_no, status = "", status_text, notes = [] } = custom;
      const said = words.receipt.next[status] ? words.receipt.saidByCard : [];
      const isSaid = (line: string) => said.some((begins) => line.startsWith(begins));
      return (line) => line.includes(filing_no) || notes.includes(line.trim()) || isValue(line, status_text) || isSaid(line);
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
