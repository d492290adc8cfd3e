/** Which messages can still be acted on. */
import type { Message } from "./messages";
import type { AskCustom, Button } from "./protocol";

export interface Turn {
  /** Index of the first message of the assistant's latest turn. */
  start: number;
  /** The key of the message whose question is open, if any. */
  askKey: string | null;
  ask: AskCustom | null;
  /** Something of ours is on its way: nothing can be pressed twice. */
  isBusy: boolean;
}

/** All the assistant has said since the last stored message of the person. */
export function currentTurn(messages: Message[]): Turn {
  const start = lastIndex(messages, (one) => one.from === "user" && one.delivery === "sent") + 1;
  const open = messages.slice(start).filter((one) => one.from === "bot");
  const asking = open[lastIndex(open, (one) => one.custom?.kind === "ask")];
  const ask = asking?.custom?.kind === "ask" ? asking.custom : null;
  const isBusy = messages.some((one) => one.delivery === "pending");
  return { start, askKey: asking?.key ?? null, ask, isBusy };
}

function lastIndex<T>(items: T[], test: (item: T) => boolean): number {
  for (let at = items.length - 1; at >= 0; at--) if (test(items[at] as T)) return at;
  return -1;
}

/** The server's buttons, then those of the question's options that they don't hold already. */
export function choices(message: Message): Button[] {
  const buttons = message.buttons ?? [];
  const options = message.custom?.kind === "ask" ? (message.custom.options ?? []) : [];
  const isNew = (option: Button) => !buttons.some((button) => button.payload === option.payload);
  return [...buttons, ...options.filter(isNew)];
}
