/** What the person thinks of answers, and whether the server has it. Pure. */

export type Verdict = "useful" | "useless";
export const REASONS = ["beside_the_point", "not_understood", "differs_from_what_i_know", "other"] as const;
export type Reason = (typeof REASONS)[number];

/** Of the message with that number; no verdict: none was given, or it was taken back. */
export interface Judgement {
  seq: number;
  verdict: Verdict | null;
  reason: Reason | null;
}

/** By the number of the message; what isn't kept yet goes out again after the next reconnect. */
export type Judged = Readonly<Record<number, Judgement & { isKept: boolean }>>;

export function judge(known: Judged, given: Judgement): Judged {
  return { ...known, [given.seq]: { ...given, isKept: false } };
}

/** What the server has kept. A verdict given since, which it hasn't got yet, stands. */
export function kept(known: Judged, told: Judgement[]): Judged {
  const next = { ...known };
  for (const { seq, verdict, reason } of told) {
    const mine = next[seq];
    const isOlder = mine && !mine.isKept && (mine.verdict !== verdict || mine.reason !== reason);
    // Nothing kept says that it refused ours, or that a later one of ours is still to be told.
    if (!isOlder || verdict === null) next[seq] = { seq, verdict, reason, isKept: true };
  }
  return next;
}

/** All that the server has kept: what it doesn't name was taken back, perhaps on another device. */
export function restored(known: Judged, told: Judgement[]): Judged {
  return kept(Object.fromEntries(unkept(known).map((one) => [one.seq, { ...one, isKept: false }])), told);
}

export function unkept(known: Judged): Judgement[] {
  return Object.values(known).flatMap(({ isKept, ...judgement }) => (isKept ? [] : [judgement]));
}
