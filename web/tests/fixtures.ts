import type { Entry, Outgoing, ServerFrame } from "../src/protocol";
import { type ChatEvent, type ChatState, emptyChat, reduce } from "../src/store";

export const T0 = Date.parse("2026-09-10T08:00:00Z");
export const SESSION = { conversation: "c1", regions: [{ code: "371000", name: "威海", title: "我在威海参保", payload: "btn:371000" }] };

export const message = (client_id: string, text: string): Outgoing => ({ type: "message", client_id, text });

export function bot(seq: number, more: Partial<Entry> = {}): Entry {
  return { seq, from: "bot", at: "2026-09-10T08:00:00Z", text: `答${seq}`, ...more };
}

export function user(seq: number, client_id: string, text: string): Entry {
  return { seq, from: "user", at: "2026-09-10T08:00:00Z", client_id, text };
}

export const after = (...events: ChatEvent[]): ChatState => events.reduce(reduce, emptyChat);

export const frame = (frame: ServerFrame, now = T0): ChatEvent => ({ type: "frame", frame, now });

export const history = (...messages: Entry[]): ChatEvent =>
  frame({ type: "history", messages, last_seq: messages[messages.length - 1]?.seq ?? 0 });

export const entries = (in_reply_to: string | undefined, ...messages: Entry[]): ChatEvent =>
  frame({ type: "entries", messages, in_reply_to });

export const compose = (outgoing: Outgoing, secret = false, now = T0): ChatEvent => ({
  type: "compose",
  outgoing,
  secret,
  now,
});

export const tried = (id: string, now = T0): ChatEvent => ({ type: "tried", clientIds: [id], now });
export const tick = (now: number): ChatEvent => ({ type: "tick", now });
