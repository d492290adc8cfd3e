import { chineseTime } from "../format";

const GAP_MS = 5 * 60_000;

/** The clock time between two messages that lie apart. */
export function TimeLine({ at, before }: { at: number; before: number | undefined }) {
  if (Number.isNaN(at) || (before !== undefined && at - before < GAP_MS)) return null;
  return (
    <time className="time" dateTime={new Date(at).toISOString()}>
      {chineseTime(at, Date.now())}
    </time>
  );
}
