/** The desk's HTTP calls: JSON both ways; every "no" of the server arrives as an ApiProblem with a sentence to show. */
import { words } from "./words";

const TIMEOUT_MS = 20_000;

export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly details: Record<string, unknown> = {},
  ) {
    super(message);
    this.name = "ApiProblem";
  }
}

export type Params = Record<string, string | number | boolean | readonly string[] | null | undefined>;

interface Given {
  body?: unknown;
  /** The same key for the same request sent again: it counts once. */
  idempotencyKey?: string;
  signal?: AbortSignal;
}

let signedOut: () => void = () => undefined;

/** What is to happen when the server says that nobody is signed in any more. */
export function whenSignedOut(handle: () => void) {
  signedOut = handle;
}

/** `/desk` + path with the parameters that are set; lists as "a,b". */
export function address(path: string, params: Params = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value === undefined || value === null || value === "") continue;
    query.set(name, typeof value === "object" ? value.join(",") : String(value));
  }
  const text = query.toString();
  return `/desk${path}${text ? `?${text}` : ""}`;
}

export const get = <T>(path: string, params: Params = {}, signal?: AbortSignal) =>
  call<T>("GET", address(path, params), { signal });

export const post = <T>(path: string, body: unknown = {}, more: Omit<Given, "body"> = {}) =>
  call<T>("POST", address(path), { body, ...more });

async function call<T>(method: "GET" | "POST", url: string, given: Given): Promise<T> {
  const response = await reach(method, url, given);
  if (response.status === 204) return undefined as T;
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok && answer !== null) return answer as T;
  const problem = problemOf(response.status, answer);
  if (problem.code === "not_logged_in") signedOut();
  throw problem;
}

async function reach(method: string, url: string, { body, idempotencyKey, signal }: Given): Promise<Response> {
  // X-Requested-With tells the server that its own page asks: no other site's form can send it.
  const headers: Record<string, string> = { Accept: "application/json", "X-Requested-With": "desk" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (idempotencyKey) headers["Idempotency-Key"] = idempotencyKey;
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), TIMEOUT_MS);
  const give = () => patience.abort();
  signal?.addEventListener("abort", give);
  try {
    const sent = body === undefined ? undefined : JSON.stringify(body);
    return await fetch(url, { method, headers, body: sent, credentials: "same-origin", signal: patience.signal });
  } catch {
    throw new ApiProblem(0, signal?.aborted ? "aborted" : "unreachable", words.problem.unreachable);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", give);
  }
}

function problemOf(status: number, answer: unknown): ApiProblem {
  const { code, message, details } = (answer ?? {}) as Partial<Record<"code" | "message", string>> & {
    details?: Record<string, unknown>;
  };
  return new ApiProblem(status, code ?? "failed", message ?? words.problem.failed, details);
}

/** The sentence to show for whatever was thrown. */
export const sentenceOf = (fault: unknown) => (fault instanceof ApiProblem ? fault.message : words.problem.failed);

/** Asked for no longer: nothing to tell anybody. */
export const isAborted = (fault: unknown) => fault instanceof ApiProblem && fault.code === "aborted";
