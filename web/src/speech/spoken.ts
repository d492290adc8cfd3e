/** What is read aloud of a reply. Pure. */
import { answerBehind } from "../answers/parts";
import { isSilent, leadText } from "../drawn";
import type { Message } from "../messages";

/** The reply's text, an answer's with its reasons; empty where there is nothing to read, or where it is read elsewhere. */
export function spokenText(messages: Message[], at: number): string {
  const message = messages[at];
  if (message?.from !== "bot") return "";
  if (isSilent(message, messages[at - 1])) return ""; // read with what it belongs to
  const { custom, text = "" } = message;
  if (custom?.kind === "side_by_side") return text;
  if (custom?.kind !== "answer") return leadText(message);
  const basis = answerBehind(message, messages[at + 1]) ? messages[at + 1]?.text : "";
  return [text, basis].filter(Boolean).join("\n");
}

/** All that came after that entry. */
export function spokenSince(messages: Message[], seq: number): string {
  const fresh = messages.flatMap((message, at) => ((message.seq ?? 0) > seq ? [spokenText(messages, at)] : []));
  return fresh.filter(Boolean).join("\n");
}
