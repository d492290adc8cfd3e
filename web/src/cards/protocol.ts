/** What travels about a filing that is being filled in, and its receipt. */
/** How far an open filing is: which step this is, from 1, and of how many. */
export interface Steps {
  step?: number;
  steps?: number;
}

export interface ReviewField {
  slot: string;
  title: string;
  value: string;
  edit_payload?: string;
}

export interface ReviewCustom extends Steps {
  kind: "review";
  fields: ReviewField[];
}

export interface LetterCustom extends Steps {
  kind: "commitment_letter";
  version?: string;
  text: string;
  sha256?: string;
  /** What is masked in the text, each with the way to change it. */
  fields?: ReviewField[];
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
  /** The picture of the square code that is on the document, and what scanning it gives. */
  code_url?: string;
  code_says?: string;
}
