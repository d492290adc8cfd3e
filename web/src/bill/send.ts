/** Hands a bill to the server. */
import { sessionHeaders } from "../embed/token";
import { words } from "../words";
import type { ReadBill } from "./protocol";

export const TIMEOUT_MS = 30_000;

/** Why there is no bill, for people; `canRetry` when the same file may do next time. */
export class BillProblem extends Error {
  constructor(
    message: string,
    readonly canRetry: boolean,
  ) {
    super(message);
  }
}

type Post = (path: string, request: RequestInit) => Promise<Response>;

/** What the server read; rejects with a BillProblem. */
export async function sendBill(file: File, signal: AbortSignal, post: Post = (path, request) => fetch(path, request)): Promise<ReadBill> {
  const body = await bytesOf(file);
  const answer = await post("/chat/bill", {
    method: "POST",
    credentials: "same-origin",
    headers: { ...sessionHeaders(), "Content-Type": "application/octet-stream", "X-File-Name": encodeURIComponent(file.name) },
    body,
    signal,
  }).catch(() => {
    throw new BillProblem(words.bill.offline, true);
  });
  const said: unknown = await answer.json().catch(() => null);
  if (answer.ok && isBill(said)) return said;
  const isOurs = answer.ok || answer.status >= 500;
  throw new BillProblem(messageOf(said) ?? words.bill.broken, isOurs || messageOf(said) === null);
}

/** Read first: a file that is gone would look like a network that is. */
async function bytesOf(file: File): Promise<ArrayBuffer> {
  try {
    return await file.arrayBuffer();
  } catch {
    throw new BillProblem(words.bill.unreadable(file.name), false);
  }
}

function isBill(said: unknown): said is ReadBill {
  return typeof said === "object" && said !== null && "rows" in said && "sums" in said;
}

function messageOf(said: unknown): string | null {
  if (typeof said !== "object" || said === null || !("message" in said)) return null;
  return typeof said.message === "string" && said.message ? said.message : null;
}
