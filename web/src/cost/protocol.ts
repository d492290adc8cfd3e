/** The card for a cost estimate, as the server sends it. Sums are yuan with two decimals: "800.00". */
import type { Citation } from "../answers/protocol";

export type Payer = "patient" | "fund";
export type SourceKind = "leaflet" | "secondary" | "user" | "bill";

export interface CostComponent {
  name: string;
  title: string;
  payer: Payer;
  amount: string;
  formula: string;
  /** What is left to share out after this step. */
  /** Nobody printed a figure: the amount of 0 says nothing. */
  is_unprinted?: boolean;
  remaining: string;
  /** The term in plain words, with a small example. */
  says?: string;
  source_kind?: SourceKind;
  citations: Citation[];
}

export interface CostSettlement {
  label: string;
  patient: string;
  fund: string;
  /** The patient pays at least `patient`. */
  at_least?: boolean;
  /** Upper end, when `patient` is only the lower end of a range. */
  patient_high?: string;
  components: CostComponent[];
}

export interface WhatIf {
  label: string;
  patient: string;
  fund: string;
  /** "-2250.00": the patient pays less. */
  difference: string;
  reason: string;
}

export interface CostCustom {
  kind: "cost";
  title: string;
  total: string;
  patient: string;
  fund: string;
  at_least?: boolean;
  components: CostComponent[];
  /** One per hospital level where it isn't known; the first is what the top level says. */
  settlements: CostSettlement[];
  what_if: WhatIf[];
  assumptions: string[];
  note?: string;
}
