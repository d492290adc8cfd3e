/** What the desk's API tells of conversations, questions and figures: docs/tasks/desk_api.md. */
export interface Line {
  seq: number;
  at: string;
  from: "user" | "bot";
  kind: string;
  text: string;
  status: string;
  buttons: string[];
}

export interface Reading {
  reading_id: string;
  opened_at: string;
  until: string;
}

export interface Transcript {
  reading: Reading;
  messages: Line[];
  last_seq: number;
}

export interface RecordLine {
  conversation: string;
  officer_id: string;
  event: string;
  at: string;
}

export interface Question {
  kind: string;
  subject: string;
  region: { code: string; name: string } | null;
  topic: { id: string; title: string } | null;
  count: number;
  first_at: string;
  last_at: string;
  texts: string[];
  reasons: { reason: string; count: number }[];
  mark: { is_done: boolean; at: string; officer_id: string; note: string } | null;
  asked_since: number;
}

export interface Questions {
  questions: Question[];
  total: number;
}

export interface Counted {
  id: string;
  title: string;
  count: number;
}

export interface Waiting {
  median: number | null;
  slow: number | null;
}

export interface Day {
  day: string;
  outcomes: Record<string, number>;
  waiting: Waiting;
}

export interface Figures {
  from: string;
  to: string;
  outcomes: Record<string, number>;
  channels: Record<string, number>;
  topics: Counted[];
  regions: Counted[];
  days: Day[];
  waiting: Waiting;
  filings: Counted[];
}
