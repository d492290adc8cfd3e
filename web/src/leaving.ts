/** One conversation ends and another begins: what stays on the page, what goes. Pure. */
import { erasedText } from "./erasure";
import type { Entry, Session } from "./protocol";
import { type ChatState, emptyChat } from "./state";
import { words } from "./words";

/**
 * The same conversation keeps what is on screen; another one starts empty.
 * When the server has lost the old one, an unsent question still goes out: it was asked.
 * An unsent field or button belonged to the old conversation and doesn't.
 */
export function withSession(state: ChatState, session: Session, restarted: boolean): ChatState {
  const { conversation, regions, embed_origins: embedOrigins = [] } = session;
  const isKnown = state.conversation === null || state.conversation === conversation;
  // Another tab began anew, or this one was told of its own new conversation before the answer came.
  const isThere = isKnown && state.messages.length === 0 && state.erased === null;
  if (isThere || (isKnown && !restarted)) return { ...state, conversation, regions, embedOrigins };
  const kept = { conversation, regions, embedOrigins, link: state.link, epoch: state.epoch, round: state.round };
  if (restarted) return { ...emptyChat, ...kept, notice: state.erased, round: state.round + 1 };
  const questions = state.messages.filter(
    (message) => message.outgoing?.type === "message" && !message.secret,
  );
  return { ...emptyChat, ...kept, messages: questions, problem: words.connection.expired };
}

/** Another tab began anew: the conversation is no more. Whichever comes next is the one to go on with. */
export function leftBehind(state: ChatState): ChatState {
  const { regions, embedOrigins, epoch, round } = state;
  return { ...emptyChat, regions, embedOrigins, epoch, round: round + 1, notice: state.erased };
}

/** After a deletion nothing of the old conversation is kept, nor shown again should it come once more. */
export function withForgetting(state: ChatState, entries: Entry[]): ChatState {
  const erased = erasedText(entries) ?? state.erased;
  if (erased === null) return state;
  const { conversation, regions, embedOrigins, link, epoch } = state;
  const round = state.erased === null ? state.round + 1 : state.round;
  return { ...emptyChat, conversation, regions, embedOrigins, link, epoch, round, erased };
}
