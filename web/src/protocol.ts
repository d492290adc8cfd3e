/** What travels between the page and the server. The server's side is in server/routes. */
import type { AnswerCustom, SideBySideCustom } from "./answers/protocol";
import type { LetterCustom, ReceiptCustom, ReviewCustom, Steps } from "./cards/protocol";
import type { CostCustom } from "./cost/protocol";
import type { Judgement } from "./feedback";
import type { PaperAsk } from "./papers/protocol";

export interface Button {
  title: string;
  payload: string;
}

export type AskInput =
  | "choice"
  | "region"
  | "date"
  | "text"
  | "id_number"
  | "phone"
  | "consent"
  | "signature"
  | "paper"
  | "lookup";

export interface AskCustom extends Partial<PaperAsk>, Steps {
  kind: "ask";
  slot: string;
  input: AskInput;
  sensitive?: boolean;
  options?: Button[];
  explain?: string;
  /** Short label of the field; without it the page takes one that fits `input`. */
  title?: string;
  /** First day that may be picked, ISO date. */
  min?: string;
  /** Last day that may be picked, ISO date. */
  max?: string;
  /** Of whoever is filling it in: the browser may help with what it knows of them. */
  own?: boolean;
}

export interface TimelineStep {
  event: string;
  title: string;
  at: string;
}

export interface FilingCustom {
  kind: "filing";
  filing_no: string;
  status?: string;
  status_text?: string;
  kind_title?: string;
  /** Masked. */
  insured_person?: string;
  treatment_region?: string;
  starts_on?: string;
  valid_to_text?: string;
  may_change_text?: string;
  /** The number of the filing that this one follows. */
  predecessor?: string;
  return_reason?: string;
  document_url?: string;
  timeline?: TimelineStep[];
  /** It is over and stands behind one that matters more: a line is enough. */
  is_earlier?: boolean;
  /** What can be done with it now; the message has them as buttons too. */
  actions?: Button[];
}

/** All that was kept of the person is deleted: the message's text says what. */
export interface ErasedCustom {
  kind: "erased";
}

export type Custom =
  | AnswerCustom
  | SideBySideCustom
  | AskCustom
  | ReviewCustom
  | LetterCustom
  | ReceiptCustom
  | FilingCustom
  | ErasedCustom
  | CostCustom
  | { kind: "cost_text" };

export interface Entry {
  seq: number;
  from: "user" | "bot";
  at: string;
  client_id?: string;
  text?: string;
  buttons?: Button[];
  custom?: Custom;
  /** On the person's own: by whose rules is answered from here on. */
  insured?: Region;
}

export interface Region {
  code: string;
  name: string;
}

/** A place there are documents of, and the button that says that one is insured there. */
export interface Covered extends Region, Button {}

export interface Session {
  conversation: string;
  regions: Covered[];
  /** The sites that may show this page in a frame. */
  embed_origins?: string[];
  /** Only for a framed page, which gets no cookie. */
  token?: string | null;
}

export interface Province extends Region {
  cities: Region[];
}

export type ServerFrame =
  | { type: "history"; messages: Entry[]; last_seq: number; feedback?: Judgement[] }
  | { type: "entries"; messages: Entry[]; in_reply_to?: string }
  | { type: "typing" }
  | { type: "restarted" }
  | ({ type: "feedback" } & Judgement)
  | { type: "error"; code: string; message: string; client_id?: string };

export type Outgoing =
  | { type: "message"; client_id: string; text: string }
  | { type: "press"; client_id: string; payload: string; title: string };

export type ClientFrame = Outgoing | { type: "hello"; last_seq: number } | ({ type: "feedback" } & Judgement);
