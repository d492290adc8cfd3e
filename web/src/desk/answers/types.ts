/** What the desk's policy calls give: docs/tasks/desk_api.md. */
export interface Source {
  document: string;
  short_name: string;
  clause: string;
  date: string;
  issued: string;
  is_second_hand: boolean;
}

export interface Provision {
  provision: string;
  title: string;
  topic: string;
  topic_title: string;
  value: string;
  says: string;
  to_do: string[];
  detail: string;
  note: string;
  is_stated: boolean;
  condition: string;
  effective_from: string;
  effective_to: string | null;
  verified_on: string;
  citation: Source;
}

export interface Choice {
  key: string;
  fact: string;
  value: string;
  title: string;
}

export interface Open {
  fact: string;
  title: string;
  question: string;
  input: "choice" | "region" | "date" | "number";
  choices: Choice[];
}

export interface TopicRef {
  topic: string;
  title: string;
}

export type Status = "decided" | "needs" | "not_stated" | "not_in_force" | "no_pack";

export interface Card extends TopicRef {
  region: string | null;
  region_name: string;
  place: string | null;
  on: string;
  status: Status;
  status_title: string;
  conclusion: string;
  basis: string[];
  steps: Provision[];
  overview: Provision | null;
  principle: Provision | null;
  citations: Source[];
  warnings: string[];
  notes: string[];
  general: string | null;
  open: Open | null;
  may_differ_by: string[];
  read_aloud: string[];
  copy_text: string;
  next: TopicRef[];
}

export interface Fact {
  name: string;
  title: string;
  words: string;
  value: string;
  origin: "said" | "assumed" | "chosen";
}

export interface Suggestion extends TopicRef {
  status: Status;
  line: string;
  sources: string;
}

export interface Typed {
  typed: string;
  read_as: string;
  could_be: string[];
}

export interface Answers {
  line: string;
  typed: Typed[];
  unread: string[];
  read_by: "words" | "model" | "choice" | "nothing";
  on: string;
  facts: Fact[];
  /** Chosen before, and the line names another: not counted. */
  ignored: Fact[];
  urgent: string | null;
  places: Open | null;
  cards: Card[];
  suggestions: Suggestion[];
}

export interface Policy {
  today: string;
  regions: { code: string; name: string }[];
  topics: TopicRef[];
}

export interface Comparison extends TopicRef {
  on: string;
  cards: Card[];
}

export type Mark = [number, number];

export interface FoundProvision extends Provision {
  region: string;
  region_name: string;
  title_marks: Mark[];
  snippets: { text: string; marks: Mark[] }[];
}

interface Version {
  value: string;
  says: string;
  effective_from: string;
  effective_to: string | null;
  citation: Source;
}

export interface Change extends TopicRef {
  on: string;
  kind: "began" | "ended" | "value" | "words";
  region: string;
  region_name: string;
  provision: string;
  topic_title: string;
  old: Version | null;
  new: Version | null;
}

export interface RegionContacts {
  region: string;
  region_name: string;
  contacts: { name: string; phone: string; topics: string[]; citation: Source | null }[];
}
