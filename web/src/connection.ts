/** The line to the server: opens it, keeps it open, says when it is not. Knows nothing of messages. */
import type { ClientFrame, ServerFrame, Session } from "./protocol";

export const FIRST_WAIT_MS = 500;
export const LONGEST_WAIT_MS = 30_000;
export const HISTORY_TIMEOUT_MS = 10_000;

/** The part of a WebSocket that is used, so that tests can bring their own. */
export type Socket = Pick<WebSocket, "onopen" | "onmessage" | "onclose" | "send" | "close">;

export interface ConnectionParts {
  openSession: () => Promise<Session>;
  openSocket: () => Socket;
  lastSeq: () => number;
  onSession: (session: Session) => void;
  onFrame: (frame: ServerFrame) => void;
  onLost: () => void;
  /** 0 to 1: spreads the reconnects of many phones after a restart of the server. */
  random: () => number;
}

export class Connection {
  private socket: Socket | null = null;
  private isReady = false;
  private failures = 0;
  private attempt = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly parts: ConnectionParts) {}

  /** Opens the line now, whatever state it is in; an older one is let go. */
  open(): void {
    this.letGo();
    void this.connect(++this.attempt);
  }

  /** Opens the line now unless it is open. */
  wake(): void {
    if (!this.isReady) this.open();
  }

  /** For when the phone says that the network is gone. */
  lose(): void {
    this.letGo();
    this.fail(++this.attempt);
  }

  stop(): void {
    this.letGo();
    this.attempt++;
  }

  /** True when the frame was handed to an open line; false says: try after the next history. */
  send(frame: ClientFrame): boolean {
    if (!this.isReady || !this.socket) return false;
    this.socket.send(JSON.stringify(frame));
    return true;
  }

  private async connect(attempt: number): Promise<void> {
    try {
      const session = await this.parts.openSession();
      if (attempt !== this.attempt) return;
      this.parts.onSession(session);
      this.listen(this.parts.openSocket(), attempt);
    } catch {
      this.fail(attempt);
    }
  }

  private listen(socket: Socket, attempt: number): void {
    this.socket = socket;
    this.timer = setTimeout(() => socket.close(), HISTORY_TIMEOUT_MS);
    socket.onopen = () => {
      const last_seq = this.parts.lastSeq();
      if (last_seq > 0) socket.send(JSON.stringify({ type: "hello", last_seq }));
    };
    socket.onmessage = (event) => this.receive(event.data);
    socket.onclose = () => {
      this.letGo();
      this.fail(attempt);
    };
  }

  private receive(data: unknown): void {
    const frame = parse(data);
    if (!frame) return;
    if (frame.type === "history") {
      clearTimeout(this.timer);
      this.isReady = true;
      this.failures = 0;
    }
    this.parts.onFrame(frame);
    if (frame.type === "restarted") this.open();
  }

  private fail(attempt: number): void {
    if (attempt !== this.attempt) return;
    this.parts.onLost();
    const wait = Math.min(FIRST_WAIT_MS * 2 ** this.failures++, LONGEST_WAIT_MS);
    this.timer = setTimeout(() => this.open(), wait * (0.8 + 0.4 * this.parts.random()));
  }

  private letGo(): void {
    clearTimeout(this.timer);
    const socket = this.socket;
    this.socket = null;
    this.isReady = false;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }
}

const KNOWN = new Set(["history", "entries", "typing", "feedback", "error", "restarted"]);

/** A frame of a kind this page doesn't know is left aside: the server may be newer. */
function parse(data: unknown): ServerFrame | null {
  try {
    const frame = JSON.parse(String(data)) as ServerFrame;
    return KNOWN.has(frame?.type) ? frame : null;
  } catch {
    return null;
  }
}
