/** Asks the server for what was typed into the open filing. */
import { sessionHeaders } from "../embed/token";
import { words } from "../words";
import type { ShownDraft } from "./protocol";

const TIMEOUT_MS = 10_000;

/** Why it can't be shown, for people. */
export class ShownProblem extends Error {}

/** The answers in clear; rejects with a ShownProblem. `fetching` is the browser's fetch but in tests. */
export async function askShown(signal: AbortSignal, fetching: typeof fetch = fetch): Promise<ShownDraft> {
  const patience = new AbortController();
  const stop = () => patience.abort();
  const timer = setTimeout(stop, TIMEOUT_MS);
  signal.addEventListener("abort", stop, { once: true });
  try {
    const answer = await fetching("/chat/draft/shown", {
      method: "POST", credentials: "same-origin", headers: sessionHeaders(), cache: "no-store", signal: patience.signal,
    });
    const told: unknown = await answer.json();
    if (answer.ok && isDraft(told)) return told;
    throw new ShownProblem(messageOf(told) ?? words.shown.failed);
  } catch (problem) {
    throw problem instanceof ShownProblem ? problem : new ShownProblem(words.shown.failed);
  } finally {
    clearTimeout(timer);
  }
}

function isDraft(told: unknown): told is ShownDraft {
  return typeof told === "object" && told !== null && "fields" in told && Array.isArray(told.fields) && "seconds" in told;
}

function messageOf(told: unknown): string | null {
  if (typeof told !== "object" || told === null || !("message" in told)) return null;
  return typeof told.message === "string" && told.message ? told.message : null;
}
