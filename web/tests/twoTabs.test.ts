import { describe, expect, it } from "vitest";
import { after, bot, compose, entries, frame, history, message, SESSION, user } from "./fixtures";

const session = { type: "session", session: SESSION } as const;
const open = [session, history(user(1, "a", "问"), bot(2))] as const;
const next = { ...SESSION, conversation: "c2" };
const toNext = { type: "session", session: next } as const;
const left = frame({ type: "restarted" });
const erased = bot(4, { text: "都删掉了。", custom: { kind: "erased" } });

describe("a page beside another of the same person", () => {
  it("shows what was said there, once, in the server's order", () => {
    const there = [user(3, "b", "那边问的"), bot(4)] as const;
    const state = after(...open, entries(undefined, ...there), history(...there));
    expect(state.messages.map(({ text }) => text)).toEqual(["问", "答2", "那边问的", "答4"]);
    expect(state.lastSeq).toBe(4);
  });

  it("keeps its own unsent message when something arrives from there", () => {
    const state = after(...open, compose(message("c", "我的")), entries(undefined, user(3, "b", "那边问的"), bot(4)));
    expect(state.messages.at(-1)).toMatchObject({ text: "我的", delivery: "pending" });
  });

  it("is cleared when that one begins anew, says nothing of an expired talk, and goes on in the new one", () => {
    const cleared = after(...open, compose(message("c", "没发的")), left);
    expect(cleared).toMatchObject({ messages: [], conversation: null, link: "connecting", lastSeq: 0, round: 1 });
    const state = after(...open, left, toNext, history());
    expect(state).toMatchObject({ conversation: "c2", problem: null, messages: [], link: "open", round: 1 });
  });

  it("that began anew itself and hears of it as well is cleared once", () => {
    const restarted = { ...toNext, restarted: true };
    expect(after(...open, left, restarted).round).toBe(1);
    expect(after(...open, restarted).round).toBe(1);
    expect(after(...open, left, toNext, restarted).round).toBe(1);
  });

  it("still says what was deleted when the talk ends with it", () => {
    const gone = [...open, entries(undefined, user(3, "b", "删除我的信息"), erased)] as const;
    expect(after(...gone)).toMatchObject({ erased: "都删掉了。", messages: [], round: 1 });
    const restarted = { ...toNext, restarted: true };
    for (const ways of [[left, restarted], [restarted], [left, toNext, restarted]])
      expect(after(...gone, ...ways)).toMatchObject({ erased: null, notice: "都删掉了。", conversation: "c2" });
  });
});
