/** What the page knows of the conversation. */
import type { Judged } from "./feedback";
import type { Message } from "./messages";
import type { Covered } from "./protocol";

export type Link = "connecting" | "open" | "offline";

export interface ChatState {
  conversation: string | null;
  /** The sites that may show the page in a frame. */
  embedOrigins: string[];
  regions: Covered[];
  messages: Message[];
  judged: Judged;
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
  /** How often a conversation was left behind on purpose, here or in another tab: what was half written goes with it. */
  round: number;
}

export const emptyChat: ChatState = {
  conversation: null,
  regions: [],
  embedOrigins: [],
  messages: [],
  judged: {},
  lastSeq: 0,
  restoredSeq: null,
  link: "connecting",
  epoch: 0,
  unready: 0,
  typingSince: null,
  problem: null,
  erased: null,
  notice: null,
  round: 0,
};
