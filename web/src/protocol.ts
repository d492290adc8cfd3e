/** What travels between the page and the server. The server's side is in server/routes. */
import type { CostCustom } from "./cost/protocol";
import type { PaperAsk } from "./papers/protocol";

export interface Button {
  title: string;
  payload: string;
}

export interface Citation {
  document: string;
  clause?: string;
  date?: string;
  /** The date in words, as exact as the document has it. */
  issued?: string;
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

export interface AnswerCustom {
  kind: "answer";
  topic?: string;
  region?: string;
  region_name?: string;
  status?: string;
  citations?: Citation[];
  warnings?: string[];
}

export interface AskCustom extends Partial<PaperAsk> {
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
}

export interface ReviewField {
  slot: string;
  title: string;
  value: string;
  edit_payload?: string;
}

export interface ReviewCustom {
  kind: "review";
  fields: ReviewField[];
}

export interface LetterCustom {
  kind: "commitment_letter";
  version?: string;
  text: string;
  sha256?: string;
}

export interface ReceiptCustom {
  kind: "receipt";
  filing_no: string;
  status?: string;
  status_text?: string;
  kind_title?: string;
  treatment_region?: string;
  starts_on?: string;
  handed_in_at?: string;
  document_url?: string;
  /** What to know or do next, each a line. */
  notes?: string[];
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
  /** What can be done with it now; the message has them as buttons too. */
  actions?: Button[];
}

/** All that was kept of the person is deleted: the message's text says what. */
export interface ErasedCustom {
  kind: "erased";
}

export type Custom =
  | AnswerCustom
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
}

export interface Region {
  code: string;
  name: string;
}

export interface Session {
  conversation: string;
  regions: Region[];
}

export interface Province extends Region {
  cities: Region[];
}

export type ServerFrame =
  | { type: "history"; messages: Entry[]; last_seq: number }
  | { type: "entries"; messages: Entry[]; in_reply_to?: string }
  | { type: "typing" }
  | { type: "error"; code: string; message: string; client_id?: string };

export type Outgoing =
  | { type: "message"; client_id: string; text: string }
  | { type: "press"; client_id: string; payload: string; title: string };

export type ClientFrame = Outgoing | { type: "hello"; last_seq: number };
