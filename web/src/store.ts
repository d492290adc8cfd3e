/** What the page knows of the conversation, and how each event changes it. Pure: time is passed in. */
import { judge, type Judgement, kept, restored } from "./feedback";
import { leftBehind, withForgetting, withSession } from "./leaving";
import { acknowledge, isOverdue, markOverdue, markRefused, markTried, merge, ownMessage } from "./messages";
import type { Entry, Outgoing, ServerFrame, Session } from "./protocol";
import { type ChatState, emptyChat, type Link } from "./state";
import { words } from "./words";

export { type ChatState, emptyChat, type Link };

export const TYPING_TIMEOUT_MS = 20_000;

export type ChatEvent =
  | { type: "session"; session: Session; restarted?: boolean }
  | { type: "link"; link: Link }
  | { type: "frame"; frame: ServerFrame; now: number }
  | { type: "compose"; outgoing: Outgoing; secret: boolean; now: number }
  | { type: "tried"; clientIds: readonly string[]; now: number }
  | { type: "judge"; given: Judgement }
  | { type: "tick"; now: number }
  | { type: "problem"; message: string | null };

export function reduce(state: ChatState, event: ChatEvent): ChatState {
  switch (event.type) {
    case "session":
      return withSession(state, event.session, event.restarted ?? false);
    case "link":
      return { ...state, link: event.link, typingSince: null };
    case "frame":
      return withFrame(state, event.frame, event.now);
    case "compose": {
      const message = ownMessage(event.outgoing, event.secret, event.now);
      return { ...state, messages: [...state.messages, message], problem: null };
    }
    case "tried":
      return { ...state, messages: markTried(state.messages, event.clientIds, event.now) };
    case "judge":
      return { ...state, judged: judge(state.judged, event.given) };
    case "tick":
      return ticked(state, event.now);
    case "problem":
      return { ...state, problem: event.message };
  }
}

function withFrame(state: ChatState, frame: ServerFrame, now: number): ChatState {
  switch (frame.type) {
    case "typing":
      return { ...state, typingSince: now };
    case "history":
      return withForgetting(withHistory(state, frame), frame.messages);
    case "feedback":
      return { ...state, judged: kept(state.judged, [frame]) };
    case "entries": {
      const merged = merge(state.messages, frame.messages);
      const messages = acknowledge(merged, frame.in_reply_to, frame.messages);
      const lastSeq = newest(state.lastSeq, frame.messages);
      return withForgetting({ ...state, messages, lastSeq, typingSince: null, problem: null }, frame.messages);
    }
    case "restarted":
      return leftBehind(state);
    case "error":
      if (frame.code === "not_ready") return withWait(state);
      return withError(state, frame.message, frame.client_id);
  }
}

function withHistory(state: ChatState, frame: Extract<ServerFrame, { type: "history" }>): ChatState {
  const { messages: entries, last_seq, feedback = [] } = frame;
  const lastSeq = newest(Math.max(state.lastSeq, last_seq), entries);
  return {
    ...state,
    messages: merge(state.messages, entries),
    judged: restored(state.judged, feedback),
    lastSeq,
    restoredSeq: state.restoredSeq ?? lastSeq,
    link: "open",
    epoch: state.link === "open" ? state.epoch : state.epoch + 1,
  };
}

function newest(lastSeq: number, entries: Entry[]): number {
  return Math.max(lastSeq, ...entries.map((entry) => entry.seq));
}

function withWait(state: ChatState): ChatState {
  return { ...state, unready: state.unready + 1, problem: words.connection.preparing, typingSince: null };
}

function withError(state: ChatState, reason: string, clientId: string | undefined): ChatState {
  const isAboutOurs = state.messages.some((message) => clientId && message.client_id === clientId);
  if (!clientId || !isAboutOurs) return { ...state, problem: reason, typingSince: null };
  return { ...state, messages: markRefused(state.messages, clientId, reason), typingSince: null };
}

function ticked(state: ChatState, now: number): ChatState {
  const typingOver = state.typingSince !== null && now - state.typingSince >= TYPING_TIMEOUT_MS;
  if (!typingOver && !state.messages.some((message) => isOverdue(message, now))) return state;
  const typingSince = typingOver ? null : state.typingSince;
  return { ...state, messages: markOverdue(state.messages, now), typingSince };
}
