/** The list of messages: merging what the server has stored with what it hasn't yet. Pure. */
import { maskedText } from "./privacy";
import type { Entry, Outgoing } from "./protocol";

export const ECHO_TIMEOUT_MS = 12_000;

export type Delivery = "sent" | "pending" | "failed";

export interface Message extends Omit<Entry, "seq" | "at"> {
  key: string;
  /** Missing until the server has stored it. */
  seq?: number;
  at: number;
  delivery: Delivery;
  /** What was handed to the server, until it is stored. */
  outgoing?: Outgoing;
  /** What the bubble shows is masked already; `outgoing` holds the whole. Sensitive: the bubble shows dots until the masked entry comes. */
  secret?: boolean;
  triedAt?: number;
  tries?: number;
  /** The server refused it, in its own words: sent again only when the person asks. */
  refused?: string;
}

export function ownMessage(outgoing: Outgoing, secret: boolean, now: number): Message {
  return {
    key: outgoing.client_id,
    client_id: outgoing.client_id,
    from: "user",
    at: now,
    text: outgoing.type === "press" ? outgoing.title : maskedText(outgoing.text),
    delivery: "pending",
    outgoing,
    secret,
    triedAt: now,
    tries: 0,
  };
}

/** The server's entries take the place of what is known under the same number or client id. */
export function merge(known: Message[], entries: Entry[]): Message[] {
  const messages = [...known];
  for (const entry of entries) {
    const at = messages.findIndex((message) => isSame(message, entry));
    const message = stored(entry, messages[at]?.key);
    if (at < 0) messages.push(message);
    else messages[at] = message;
  }
  return inOrder(messages);
}

function isSame(known: Message, entry: Entry): boolean {
  if (known.seq === entry.seq) return true;
  return entry.from === "user" && !!entry.client_id && known.client_id === entry.client_id;
}

/** Keeping the key keeps the bubble in place on screen. */
function stored(entry: Entry, key = `seq-${entry.seq}`): Message {
  return { ...entry, key, at: Date.parse(entry.at), delivery: "sent" };
}

/** Stored messages in the server's order, then ours in the order they were written. */
function inOrder(messages: Message[]): Message[] {
  const place = (message: Message) => message.seq ?? Number.MAX_SAFE_INTEGER;
  return [...messages].sort((a, b) => place(a) - place(b));
}

/**
 * A reply proves that the message arrived, even when its stored form isn't in the frame:
 * it then takes its place just before the reply.
 */
export function acknowledge(messages: Message[], clientId: string | undefined, replies: Entry[]): Message[] {
  const isIt = (message: Message) =>
    !!clientId && message.client_id === clientId && message.seq === undefined;
  if (!messages.some(isIt)) return messages;
  const seq = Math.min(...replies.map((reply) => reply.seq)) - 0.5;
  const place = Number.isFinite(seq) ? { seq } : {};
  return inOrder(
    messages.map((message): Message =>
      isIt(message) ? { ...message, ...place, delivery: "sent", outgoing: undefined } : message,
    ),
  );
}

export function markTried(messages: Message[], clientIds: readonly string[], now: number): Message[] {
  return messages.map((message): Message =>
    message.outgoing && clientIds.includes(message.outgoing.client_id)
      ? { ...message, delivery: "pending", refused: undefined, triedAt: now, tries: (message.tries ?? 0) + 1 }
      : message,
  );
}

export function markRefused(messages: Message[], clientId: string, reason: string): Message[] {
  return messages.map((message): Message =>
    message.client_id === clientId && message.outgoing
      ? { ...message, delivery: "failed", refused: reason }
      : message,
  );
}

export function markOverdue(messages: Message[], now: number): Message[] {
  return messages.map((message): Message =>
    isOverdue(message, now) ? { ...message, delivery: "failed" } : message,
  );
}

export function isOverdue(message: Message, now: number): boolean {
  return message.delivery === "pending" && now - (message.triedAt ?? 0) >= ECHO_TIMEOUT_MS;
}

/** What goes to the server again after a reconnect; what it refused waits for the person. */
export function unsent(messages: Message[]): Outgoing[] {
  return messages.flatMap((message) =>
    message.outgoing && !message.refused ? [message.outgoing] : [],
  );
}
