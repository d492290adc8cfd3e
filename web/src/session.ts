/** The few plain HTTP calls. Each rejects when the server can't be reached or says no. */
import type { Standing } from "./consent/useConsent";
import { keepToken, sessionHeaders, sessionProtocols } from "./embed/token";
import type { Province, Session } from "./protocol";

const TIMEOUT_MS = 10_000;

async function call<T>(path: string, method: "GET" | "POST"): Promise<T> {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), TIMEOUT_MS);
  try {
    const response = await fetch(path, { method, credentials: "same-origin", headers: sessionHeaders(), signal: patience.signal });
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}`);
    return (await response.json()) as T;
  } finally {
    clearTimeout(timer);
  }
}

export const openSession = () => askSession("/chat/session");
/** A new conversation in the place of this one; where another tab was first, the one it began. */
export const restartSession = (conversation: string | null) =>
  askSession(`/chat/session/restart${conversation ? `?conversation=${encodeURIComponent(conversation)}` : ""}`);

async function askSession(path: string): Promise<Session> {
  const session = await call<Session>(path, "POST");
  keepToken(session.token);
  return session;
}

export const consentStanding = () => call<Standing>("/chat/consent", "GET");
export const giveConsent = () => call<Standing>("/chat/consent", "POST");
export const endConsent = () => call<Standing>("/chat/consent/end", "POST");

let divisions: Promise<Province[]> | null = null;

/** Provinces and cities; asked for once, again only after a failure. */
export function loadDivisions(): Promise<Province[]> {
  divisions ??= call<{ provinces: Province[] }>("/chat/divisions", "GET").then(
    (answer) => answer.provinces,
    (reason: unknown) => {
      divisions = null;
      throw reason;
    },
  );
  return divisions;
}

export function openSocket(): WebSocket {
  const scheme = location.protocol === "https:" ? "wss:" : "ws:";
  return new WebSocket(`${scheme}//${location.host}/chat/ws`, sessionProtocols());
}
