/** Whether an agent reads along, or could: asked again and again, more often while a code is out. */
import { useCallback, useEffect, useState } from "react";
import { consentStanding, endConsent, giveConsent } from "../session";

export interface Standing {
  state: "none" | "waiting" | "watched";
  /** Told once, when it is made. */
  code: string | null;
  /** Until when the code is good, or since when somebody reads along. */
  at: string | null;
}

const ASKED_EVERY_MS = 3_000;
const SELDOM_MS = 15_000;
export const NOBODY: Standing = { state: "none", code: null, at: null };

/** What is known now, with the code that was told before as long as it waits. */
export const withCode = (was: Standing, now: Standing): Standing =>
  now.state === "waiting" && was.state === "waiting" && was.at === now.at ? { ...now, code: now.code ?? was.code } : now;

export function useConsent() {
  const [standing, setStanding] = useState(NOBODY);
  const ask = useCallback(async () => {
    const now = await consentStanding().catch(() => null);
    if (now) setStanding((was) => withCode(was, now));
  }, []);
  useEffect(() => void ask(), [ask]);
  const isOut = standing.state !== "none";
  useEffect(() => {
    // Another tab may have given a code, or the first asking have failed.
    const every = isOut ? ASKED_EVERY_MS : SELDOM_MS;
    const timer = setInterval(() => document.visibilityState === "visible" && void ask(), every);
    return () => clearInterval(timer);
  }, [isOut, ask]);
  const give = async () => setStanding(await giveConsent());
  const end = async () => setStanding(await endConsent());
  return { standing, give, end };
}
