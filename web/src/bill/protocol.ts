/** What the server makes of an itemised bill. Sums are yuan with two decimals. */
export interface BillRow {
  line: number;
  name: string;
  amount: string;
  class_title: string;
  /** "0.05": the share paid before anything else, where the bill has it. */
  class_b_rate: string | null;
}

export interface BillFault {
  /** null: about the bill as a whole. */
  line: number | null;
  /** Names its line itself. */
  message: string;
}

export interface BillSum {
  name: string;
  title: string;
  amount: string;
}

export interface ReadBill {
  rows: BillRow[];
  errors: BillFault[];
  sums: BillSum[];
  notes: string[];
  /** What the button sends; null when there is nothing to reckon with. */
  payload: string | null;
  title: string;
}
