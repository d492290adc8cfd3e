/** The few plain HTTP calls. Each rejects when the server can't be reached or says no. */
import type { Province, Session } from "./protocol";

const TIMEOUT_MS = 10_000;

async function call<T>(path: string, method: "GET" | "POST"): Promise<T> {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), TIMEOUT_MS);
  try {
    const response = await fetch(path, { method, credentials: "same-origin", signal: patience.signal });
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}`);
    return (await response.json()) as T;
  } finally {
    clearTimeout(timer);
  }
}

export const openSession = () => call<Session>("/chat/session", "POST");
export const restartSession = () => call<Session>("/chat/session/restart", "POST");

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
  return new WebSocket(`${scheme}//${location.host}/chat/ws`);
}
