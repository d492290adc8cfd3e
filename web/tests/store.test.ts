import { describe, expect, it } from "vitest";
import { ECHO_TIMEOUT_MS, unsent } from "../src/messages";
import { TYPING_TIMEOUT_MS } from "../src/store";
import { after, bot, compose, entries, frame, history, message, SESSION, T0, tick, tried, user } from "./fixtures";

const session = { type: "session", session: SESSION } as const;
const open = [session, history(bot(1))] as const;
const late = T0 + ECHO_TIMEOUT_MS;

describe("a message of the person", () => {
  it("is pending as soon as it is written", () => {
    const { messages } = after(...open, compose(message("a", "你好")));
    expect(messages.at(-1)).toMatchObject({ text: "你好", delivery: "pending", from: "user" });
  });

  it("becomes the stored one, in the same place on screen", () => {
    const { messages } = after(...open, compose(message("a", "你好")), entries("a", user(2, "a", "你好"), bot(3)));
    expect(messages.map(({ seq, key }) => [seq, key])).toEqual([[1, "seq-1"], [2, "a"], [3, "seq-3"]]);
    expect(messages[1]).toMatchObject({ delivery: "sent" });
    expect(messages[1]?.outgoing).toBeUndefined();
  });

  it("shows only the masked form once the server has it", () => {
    const secret = compose(message("a", "37100019600101001X"), true);
    expect(after(...open, secret).messages.at(-1)?.secret).toBe(true);
    const stored = after(...open, secret, entries("a", user(2, "a", "3710**********001X")));
    expect(stored.messages.at(-1)).toMatchObject({ text: "3710**********001X", delivery: "sent" });
    expect(stored.messages.at(-1)?.secret).toBeUndefined();
    expect(JSON.stringify(stored)).not.toContain("37100019600101001X");
  });

  it("counts as sent when only the reply comes, and stays before that reply", () => {
    const { messages } = after(...open, compose(message("a", "你好")), entries("a", bot(3)));
    expect(messages.map(({ text }) => text)).toEqual(["答1", "你好", "答3"]);
    expect(messages[1]?.delivery).toBe("sent");
  });

  it("has failed after twelve seconds without an echo, not before", () => {
    const written = [...open, compose(message("a", "你好")), tried("a")] as const;
    expect(after(...written, tick(late - 1)).messages.at(-1)?.delivery).toBe("pending");
    expect(after(...written, tick(late)).messages.at(-1)?.delivery).toBe("failed");
  });

  it("is pending again with a new deadline when it is tried again", () => {
    const retried = [...open, compose(message("a", "你好")), tick(late), tried("a", late)] as const;
    expect(after(...retried).messages.at(-1)).toMatchObject({ delivery: "pending", tries: 1 });
    expect(after(...retried, tick(late + 1000)).messages.at(-1)?.delivery).toBe("pending");
  });

  it("waits to go out again by itself while the server is still starting", () => {
    const error = frame({ type: "error", code: "not_ready", message: "请过几秒再发", client_id: "a" });
    const state = after(...open, compose(message("a", "你好")), error);
    expect(state.messages.at(-1)).toMatchObject({ delivery: "pending" });
    expect(state.unready).toBe(1);
    expect(unsent(state.messages)).toHaveLength(1);
  });

  it("carries the server's reason when refused, and isn't sent again by itself", () => {
    const error = frame({ type: "error", code: "too_fast", message: "太快了", client_id: "a" });
    const state = after(...open, compose(message("a", "你好")), error);
    expect(state.messages.at(-1)).toMatchObject({ delivery: "failed", refused: "太快了" });
    expect(unsent(state.messages)).toEqual([]);
    expect(unsent(after(...open, compose(message("a", "你好")), error, tried("a")).messages)).toHaveLength(1);
  });
});

describe("after a reconnect", () => {
  const lost = [...open, compose(message("a", "一")), compose(message("b", "二")), tick(late), { type: "link", link: "offline" }] as const;

  it("unsent and failed messages go out again in the order they were written", () => {
    expect(unsent(after(...lost).messages).map((one) => one.client_id)).toEqual(["a", "b"]);
  });

  it("what the history shows as stored doesn't go out again", () => {
    const state = after(...lost, history(user(2, "a", "一"), bot(3)));
    expect(unsent(state.messages).map((one) => one.client_id)).toEqual(["b"]);
    expect(state.messages.map(({ text }) => text)).toEqual(["答1", "一", "答3", "二"]);
  });

  it("starts one round of sending per connection, however often history comes", () => {
    expect(after(...open).epoch).toBe(1);
    expect(after(...open, history(bot(1))).epoch).toBe(1);
    expect(after(...lost, history(bot(1)), history(bot(1))).epoch).toBe(2);
  });
});

describe("what the server sends", () => {
  it("is kept once, however often it comes", () => {
    const state = after(...open, entries(undefined, bot(2)), entries(undefined, bot(2)), history(bot(1), bot(2)));
    expect(state.messages.map(({ seq }) => seq)).toEqual([1, 2]);
    expect(state.lastSeq).toBe(2);
  });

  it("lies in the server's order, with unsent messages last", () => {
    const state = after(...open, compose(message("a", "问")), entries(undefined, bot(3)), entries(undefined, bot(2)));
    expect(state.messages.map(({ text }) => text)).toEqual(["答1", "答2", "答3", "问"]);
  });

  it("ends the typing sign, which also ends by itself", () => {
    const typing = [...open, frame({ type: "typing" })] as const;
    expect(after(...typing).typingSince).toBe(T0);
    expect(after(...typing, entries(undefined, bot(2))).typingSince).toBeNull();
    expect(after(...typing, tick(T0 + TYPING_TIMEOUT_MS)).typingSince).toBeNull();
  });

  it("is shown as a problem when it is an error about nothing of ours", () => {
    const error = frame({ type: "error", code: "down", message: "稍后再试" });
    expect(after(...open, error).problem).toBe("稍后再试");
    expect(after(...open, error, entries(undefined, bot(2))).problem).toBeNull();
  });
});

describe("another conversation", () => {
  const other = { ...SESSION, conversation: "c2" };

  it("the same one keeps what is on screen", () => {
    expect(after(...open, session).messages).toHaveLength(1);
  });

  it("starting again clears everything", () => {
    const restarted = { type: "session", session: other, restarted: true } as const;
    const state = after(...open, compose(message("a", "问")), restarted);
    expect(state).toMatchObject({ conversation: "c2", messages: [], lastSeq: 0, restoredSeq: null });
  });

  it("when the server has lost the old one, an unsent question lives on, a field's value doesn't", () => {
    const value = compose(message("b", "37100019600101001X"), true);
    const press = compose({ type: "press", client_id: "c", title: "同意", payload: "/agree" });
    const state = after(...open, compose(message("a", "问")), value, press, { type: "session", session: other });
    expect(unsent(state.messages).map((one) => one.client_id)).toEqual(["a"]);
    expect(state.problem).toContain("过期");
  });
});
