/** What travels between the page and the server. The server's side is in server/routes. */
import type { CostCustom } from "./cost/protocol";

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
  | "signature";

export interface AnswerCustom {
  kind: "answer";
  topic?: string;
  region?: string;
  region_name?: string;
  status?: string;
  citations?: Citation[];
  warnings?: string[];
}

export interface AskCustom {
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
  document_url?: string;
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
  treatment_region?: string;
  starts_on?: string;
  document_url?: string;
  timeline?: TimelineStep[];
}

export type Custom =
  | AnswerCustom
  | AskCustom
  | ReviewCustom
  | LetterCustom
  | ReceiptCustom
  | FilingCustom
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
