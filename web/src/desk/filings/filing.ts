/** Filings as the desk's API gives them, and the calls for them. */
import { get, post } from "../api";
import type { Sought } from "./recognise";

export interface Place {
  code: string;
  name: string;
}

export interface FilingLine {
  filing_no: string;
  version: number;
  kind: string;
  kind_title: string;
  purpose: string;
  purpose_title: string;
  status: string;
  status_title: string;
  name: string;
  insured_region: Place;
  treatment_region: Place;
  starts_on: string;
  submitted_at: string;
}

export interface Paper {
  paper_id: string;
  paper: string;
  title: string;
  media_type: string;
  bytes: number;
  uploaded_at: string;
}

export interface Happening {
  event: string;
  title: string;
  at: string;
  actor: string;
  reason: string | null;
  fields: string[];
}

export interface Filing extends FilingLine {
  confirmed_on: string | null;
  effective_on: string | null;
  valid_to: string | null;
  validity: "permanent" | "months" | "not_stated";
  predecessor: string | null;
  successor: string | null;
  particulars: { field: string; title: string; value: string }[];
  papers: Paper[];
  mendable: { field: string; title: string }[];
  timeline: Happening[];
}

export interface Found {
  filing: Filing;
  duplicates: FilingLine[];
  limits: { may_change_from: string | null; text: string; changed_before: string[] };
}

export interface Access {
  actor: string;
  action_title: string;
  reason_title: string;
  note: string;
  at: string;
}

export type Reason = "call" | "papers" | "correction" | "other";
export type ClearLine = { title: string; value: string };
export type Waiting = "submitted" | "ending";

const at = (no: string, rest = "") => `/filings/${encodeURIComponent(no)}${rest}`;

export const fileAddress = (no: string, rest: string) => `/desk${at(no, rest)}`;
export const find = (no: string, signal?: AbortSignal) => get<Found>(at(no), {}, signal);
export const accesses = (no: string) => get<{ accesses: Access[] }>(at(no, "/audit"));
export const clear = (no: string, reason: Reason, note: string) =>
  post<{ particulars: ClearLine[] }>(at(no, "/clear"), note ? { reason, note } : { reason });
export const queue = (status: Waiting, after: string | null) =>
  get<{ filings: FilingLine[]; after: string | null }>("/queue", { status, after, limit: 30 });
export const decide = (no: string, step: "confirm" | "return" | "end", body: object, idempotencyKey: string) =>
  post<{ filing: Filing }>(at(no, `/${step}`), body, { idempotencyKey });

/** The filings that were sought. What tells of a person goes in the body, never in an address. */
export async function search({ kind, value }: Sought): Promise<FilingLine[]> {
  if (kind === "number") return [(await find(value)).filing];
  return (await post<{ filings: FilingLine[] }>("/search", { [kind]: value })).filings;
}
