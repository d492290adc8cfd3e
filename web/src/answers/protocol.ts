/** What the server sends of an answer, and of several side by side. */
export interface Citation {
  document: string;
  clause?: string;
  date?: string;
  /** The date in words, as exact as the document has it. */
  issued?: string;
}

export interface AnswerCustom {
  kind: "answer";
  topic?: string;
  region?: string;
  region_name?: string;
  status?: string;
  citations?: Citation[];
  warnings?: string[];
  /** The lines of the next message that say what to do. */
  to_do?: string[];
  /** The next message says what stands behind it. */
  has_basis?: boolean;
}

/** One of the cases that were asked about together. */
export interface Side {
  place: string;
  status: string;
  text: string;
  /** Documents and clauses in short. */
  sources?: string;
  warnings?: string[];
}

export interface SideBySideCustom {
  kind: "side_by_side";
  title?: string;
  sides: Side[];
}
