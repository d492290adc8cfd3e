/** What the server tells of the open filing in clear. */
export interface ShownLine {
  slot: string;
  title: string;
  value: string;
}

export interface ShownDraft {
  fields: ShownLine[];
  /** After so many it has to be hidden again. */
  seconds: number;
}
