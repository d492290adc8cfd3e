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

/** A filing is being filled in: one of its steps, which are counted, is what the assistant waits for. */
export function isInFiling(messages: Message[], { start }: Turn): boolean {
  return messages.slice(start).some(({ custom }) => custom && "step" in custom);
}

function lastIndex<T>(items: T[], test: (item: T) => boolean): number {
  for (let at = items.length - 1; at >= 0; at--) if (test(items[at] as T)) return at;
  return -1;
}

/** What can be done with a filing: the message's own buttons of those titles, which are signed. */
export function cardActions(actions: Button[] = [], buttons: Button[] = []): Button[] {
  return actions.map((action) => buttons.find((button) => button.title === action.title) ?? action);
}

/** The server's buttons, then those of the question's options; what the card itself offers isn't offered twice. */
export function choices({ buttons = [], custom }: Message): Button[] {
  if (custom?.kind === "filing") return without(buttons, custom.actions ?? []);
  const options = custom?.kind === "ask" ? (custom.options ?? []) : [];
  return [...buttons, ...without(options, buttons)];
}

function without(buttons: Button[], others: Button[]): Button[] {
  return buttons.filter((button) => !others.some((other) => other.payload === button.payload || other.title === button.title));
}
