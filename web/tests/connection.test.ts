import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Connection, FIRST_WAIT_MS, HISTORY_TIMEOUT_MS, LONGEST_WAIT_MS, type Socket } from "../src/connection";
import { SESSION } from "./fixtures";

/** A line whose other end the test holds. */
class Line {
  onopen: Socket["onopen"] = null;
  onmessage: Socket["onmessage"] = null;
  onclose: Socket["onclose"] = null;
  sent: unknown[] = [];
  isClosed = false;
  send = (data: string) => void this.sent.push(JSON.parse(data));
  close() {
    this.isClosed = true;
    this.onclose?.call(this as never, {} as CloseEvent);
  }
  accept = () => this.onopen?.call(this as never, {} as Event);
  say = (frame: unknown) => this.hear(JSON.stringify(frame));
  hear = (data: string) => this.onmessage?.call(this as never, { data } as MessageEvent);
}

const HISTORY = { type: "history", messages: [], last_seq: 0 };
const HELLO = { type: "message", client_id: "a", text: "你好" } as const;

function setUp() {
  const lines: Line[] = [];
  const heard: string[] = [];
  const server = { isReachable: true, lastSeq: 0 };
  const connection = new Connection({
    openSession: async () => {
      if (!server.isReachable) throw new Error("unreachable");
      return SESSION;
    },
    openSocket: () => {
      const line = new Line();
      lines.push(line);
      return line as unknown as Socket;
    },
    lastSeq: () => server.lastSeq,
    onSession: () => heard.push("session"),
    onFrame: (frame) => heard.push(frame.type),
    onLost: () => heard.push("lost"),
    random: () => 0.5,
  });
  const line = (at = -1) => lines.at(at) as Line;
  return { connection, lines, line, heard, server };
}

const wait = (ms: number) => vi.advanceTimersByTimeAsync(ms);
beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe("the line to the server", () => {
  it("is for sending only after the history has come", async () => {
    const { connection, line, heard } = setUp();
    connection.open();
    await wait(0);
    line().accept();
    expect(connection.send(HELLO)).toBe(false);
    line().say(HISTORY);
    expect(connection.send(HELLO)).toBe(true);
    expect(line().sent).toEqual([HELLO]);
    expect(heard).toEqual(["session", "history"]);
  });

  it("says on a reconnect up to where it has read", async () => {
    const { connection, line, server } = setUp();
    server.lastSeq = 7;
    connection.open();
    await wait(0);
    line().accept();
    expect(line().sent).toEqual([{ type: "hello", last_seq: 7 }]);
  });

  it("is opened again when it breaks, and says so in between", async () => {
    const { connection, line, lines, heard } = setUp();
    connection.open();
    await wait(0);
    line().say(HISTORY);
    line().close();
    expect(heard.at(-1)).toBe("lost");
    expect(connection.send(HELLO)).toBe(false);
    await wait(FIRST_WAIT_MS);
    expect(lines).toHaveLength(2);
  });

  it("waits longer each time, up to a limit, and is patient again after a success", async () => {
    const { connection, lines, line, heard, server } = setUp();
    server.isReachable = false;
    connection.open();
    await wait(0);
    await wait(FIRST_WAIT_MS);
    await wait(FIRST_WAIT_MS);
    expect(heard).toEqual(["lost", "lost"]);
    await wait(FIRST_WAIT_MS);
    expect(heard).toHaveLength(3);
    await wait(60 * 60_000);
    const inAnHour = heard.length;
    expect(inAnHour).toBeGreaterThan(3600_000 / LONGEST_WAIT_MS - 2);
    server.isReachable = true;
    await wait(LONGEST_WAIT_MS);
    line().say(HISTORY);
    line().close();
    await wait(FIRST_WAIT_MS);
    expect(lines).toHaveLength(2);
  });

  it("is given up when no history comes", async () => {
    const { connection, line, heard } = setUp();
    connection.open();
    await wait(HISTORY_TIMEOUT_MS);
    expect(line().isClosed).toBe(true);
    expect(heard.at(-1)).toBe("lost");
  });

  it("is opened at once when the phone wakes, unless it is open", async () => {
    const { connection, lines, line } = setUp();
    connection.open();
    await wait(0);
    line().say(HISTORY);
    connection.wake();
    await wait(0);
    expect(lines).toHaveLength(1);
    connection.lose();
    connection.wake();
    await wait(0);
    expect(lines).toHaveLength(2);
  });

  it("hears nothing more from a line that was let go", async () => {
    const { connection, line, heard } = setUp();
    connection.open();
    await wait(0);
    connection.open();
    await wait(0);
    line(0).say(HISTORY);
    expect(heard).toEqual(["session", "session"]);
    connection.stop();
    await wait(LONGEST_WAIT_MS);
    expect(heard).toEqual(["session", "session"]);
  });

  it("is opened anew when another tab has begun another conversation", async () => {
    const { connection, lines, line, heard } = setUp();
    connection.open();
    await wait(0);
    line().say(HISTORY);
    line().say({ type: "restarted" });
    await wait(0);
    expect(heard).toEqual(["session", "history", "restarted", "session"]);
    expect([lines.length, line(0).isClosed]).toEqual([2, true]);
  });

  it("leaves aside what it can't read", async () => {
    const { connection, line, heard } = setUp();
    connection.open();
    await wait(0);
    line().hear("not json");
    line().say(null);
    line().say({ type: "from_the_future" });
    expect(heard).toEqual(["session"]);
  });
});
