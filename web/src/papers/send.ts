/** Hands a paper to the server. */
import { sessionHeaders } from "../embed/token";
import { words } from "../words";
import { mediaType } from "./checks";
import type { TakenPaper } from "./protocol";

/** So long without a byte going up, or without an answer, means that the line is dead. */
export const STALLED_MS = 45_000;
const MAY_PASS = new Set([408, 425, 429]);

/** Why the paper wasn't taken, for people; `canRetry` when the same file may do next time. */
export class PaperProblem extends Error {
  constructor(
    message: string,
    readonly canRetry: boolean,
  ) {
    super(message);
  }
}

interface Sending {
  signal: AbortSignal;
  /** Hears how much has gone up, 0 to 1. */
  onShare: (share: number) => void;
  /** A fetch doesn't tell how much has gone up. */
  newRequest?: () => XMLHttpRequest;
}

interface Reply {
  status: number;
  said: unknown;
}

/** What the server took; rejects with a PaperProblem. */
export async function sendPaper(file: File, paper: string, sending: Sending): Promise<TakenPaper> {
  const { status, said } = await post(`/chat/paper?paper=${encodeURIComponent(paper)}`, file, await bytesOf(file), sending);
  if (status === 200 && isTaken(said)) return said;
  const message = messageOf(said);
  if (status === 413) throw new PaperProblem(message ?? words.papers.tooBig, false);
  const isFinal = message !== null && status >= 400 && status < 500 && !MAY_PASS.has(status);
  throw new PaperProblem(message ?? words.papers.broken, !isFinal);
}

function post(path: string, file: File, body: ArrayBuffer, { signal, onShare, newRequest }: Sending): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const request = newRequest?.() ?? new XMLHttpRequest();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const watch = () => {
      clearTimeout(timer);
      timer = setTimeout(() => request.abort(), STALLED_MS);
    };
    request.open("POST", path);
    request.setRequestHeader("Content-Type", mediaType(file));
    request.setRequestHeader("X-File-Name", encodeURIComponent(file.name));
    for (const [name, value] of Object.entries(sessionHeaders())) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ lengthComputable, loaded, total }) => {
      watch();
      if (lengthComputable && total > 0) onShare(loaded / total);
    };
    request.onload = () => resolve({ status: request.status, said: parsed(request.responseText) });
    request.onerror = request.onabort = () => reject(new PaperProblem(words.papers.offline, true));
    request.onloadend = () => clearTimeout(timer);
    signal.addEventListener("abort", () => request.abort(), { once: true });
    watch();
    request.send(body);
  });
}

/** Read first: a file that is gone would look like a network that is. */
async function bytesOf(file: File): Promise<ArrayBuffer> {
  try {
    return await file.arrayBuffer();
  } catch {
    throw new PaperProblem(words.papers.unreadable, false);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isTaken(said: unknown): said is TakenPaper {
  if (typeof said !== "object" || said === null || !("button" in said)) return false;
  const { button } = said;
  return typeof button === "object" && button !== null && "payload" in button && "title" in button;
}

function messageOf(said: unknown): string | null {
  if (typeof said !== "object" || said === null || !("message" in said)) return null;
  return typeof said.message === "string" && said.message ? said.message : null;
}
