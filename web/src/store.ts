/** What the page knows of the conversation, and how each event changes it. Pure: time is passed in. */
import { erasedText } from "./erasure";
import {
  acknowledge,
  isOverdue,
  markOverdue,
  markRefused,
  markTried,
  merge,
  type Message,
  ownMessage,
} from "./messages";
import type { Entry, Outgoing, Region, ServerFrame, Session } from "./protocol";
import { words } from "./words";

export const TYPING_TIMEOUT_MS = 20_000;

export type Link = "connecting" | "open" | "offline";

export interface ChatState {
  conversation: string | null;
  regions: Region[];
  messages: Message[];
  lastSeq: number;
  /** The last entry that was already there when the page opened; null before that is known. */
  restoredSeq: number | null;
  link: Link;
  /** How many connections have brought their history: after each, unsent messages go out again. */
  epoch: number;
  /** How often the server said that it is still starting: what it was asked goes out again a little later. */
  unready: number;
  typingSince: number | null;
  problem: string | null;
  /** What was deleted, until the new conversation that has to follow is open. */
  erased: string | null;
  /** The same, on top of that conversation. */
  notice: string | null;
}

export type ChatEvent =
  | { type: "session"; session: Session; restarted?: boolean }
  | { type: "link"; link: Link }
  | { type: "frame"; frame: ServerFrame; now: number }
  | { type: "compose"; outgoing: Outgoing; secret: boolean; now: number }
  | { type: "tried"; clientIds: readonly string[]; now: number }
  | { type: "tick"; now: number }
  | { type: "problem"; message: string | null };

export const emptyChat: ChatState = {
  conversation: null,
  regions: [],
  messages: [],
  lastSeq: 0,
  restoredSeq: null,
  link: "connecting",
  epoch: 0,
  unready: 0,
  typingSince: null,
  problem: null,
  erased: null,
  notice: null,
};

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
    case "tick":
      return ticked(state, event.now);
    case "problem":
      return { ...state, problem: event.message };
  }
}

/**
 * The same conversation keeps what is on screen; another one starts empty.
 * When the server has lost the old one, an unsent question still goes out: it was asked.
 * An unsent field or button belonged to the old conversation and doesn't.
 */
function withSession(state: ChatState, session: Session, restarted: boolean): ChatState {
  const { conversation, regions } = session;
  const isKnown = state.conversation === null || state.conversation === conversation;
  if (isKnown && !restarted) return { ...state, conversation, regions };
  const questions = state.messages.filter(
    (message) => message.outgoing?.type === "message" && !message.secret,
  );
  const { link, epoch } = state;
  const kept = { conversation, regions, link, epoch };
  if (restarted) return { ...emptyChat, ...kept, notice: state.erased };
  return { ...emptyChat, ...kept, messages: questions, problem: words.connection.expired };
}

function withFrame(state: ChatState, frame: ServerFrame, now: number): ChatState {
  switch (frame.type) {
    case "typing":
      return { ...state, typingSince: now };
    case "history":
      return withForgetting(withHistory(state, frame.messages, frame.last_seq), frame.messages);
    case "entries": {
      const merged = merge(state.messages, frame.messages);
      const messages = acknowledge(merged, frame.in_reply_to, frame.messages);
      const lastSeq = newest(state.lastSeq, frame.messages);
      return withForgetting({ ...state, messages, lastSeq, typingSince: null, problem: null }, frame.messages);
    }
    case "error":
      if (frame.code === "not_ready") return withWait(state);
      return withError(state, frame.message, frame.client_id);
  }
}

function withHistory(state: ChatState, entries: Entry[], last: number): ChatState {
  const lastSeq = newest(Math.max(state.lastSeq, last), entries);
  return {
    ...state,
    messages: merge(state.messages, entries),
    lastSeq,
    restoredSeq: state.restoredSeq ?? lastSeq,
    link: "open",
    epoch: state.link === "open" ? state.epoch : state.epoch + 1,
  };
}

/** After a deletion nothing of the old conversation is kept, nor shown again should it come once more. */
function withForgetting(state: ChatState, entries: Entry[]): ChatState {
  const erased = erasedText(entries) ?? state.erased;
  if (erased === null) return state;
  const { conversation, regions, link, epoch } = state;
  return { ...emptyChat, conversation, regions, link, epoch, erased };
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
