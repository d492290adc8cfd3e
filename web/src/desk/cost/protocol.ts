/** What travels between the cost page and the server. Sums are text in yuan ("800.50"), rates text from 0 to 1. */
import type { CostCustom } from "../../cost/protocol";
import type { Citation } from "../../answers/protocol";

export type Kind = "choice" | "place" | "day" | "amount" | "rate" | "lines";
export type Told = string | boolean | number;

export interface Option {
  value: Told;
  title: string;
  note: string;
}

export interface Field {
  name: string;
  title: string;
  group: string;
  kind: Kind;
  options: Option[];
  may_be_unknown: boolean;
}

export interface Form {
  region: string | null;
  title: string;
  note: string;
  today: string;
  fields: Field[];
  sheet: Field[];
}

export interface CaseLine {
  name: string;
  title: string;
  value: string;
}

export interface SheetRow {
  name: string;
  title: string;
  ours: string | null;
  sheet: string;
  is_same: boolean;
}

/** Ready to be sent as what a variant changes; null is "untold". */
export type Changes = Record<string, unknown>;

export interface Preset {
  id: string;
  title: string;
  changes: Changes;
}

export interface Estimate {
  status: "computed" | "asks" | "not_computable";
  admitted_on: string;
  case: CaseLine[];
  conclusion: string;
  basis: string[];
  cost: CostCustom | null;
  missing: Field[];
  may_differ_by: Field[];
  matters: string[];
  why_not: string[];
  sources: Citation[];
  what_ifs: Preset[];
  sheet_lines: string[];
  sheet_rows: SheetRow[];
  text: string;
}

export interface Difference {
  name: string;
  title: string;
  base: string | null;
  other: string | null;
  difference: string | null;
}

export interface Beside {
  title: string;
  estimate: Estimate;
  differences: Difference[];
  note: string;
}

export interface Comparison {
  base: Estimate;
  variants: Beside[];
}
