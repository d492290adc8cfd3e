import { describe, expect, it } from "vitest";
import { judge, type Judged, kept, restored, unkept } from "../src/feedback";
import { after, bot, frame, history, SESSION } from "./fixtures";

const USEFUL = { seq: 2, verdict: "useful", reason: null } as const;
const USELESS = { seq: 2, verdict: "useless", reason: "other" } as const;
const TAKEN_BACK = { seq: 2, verdict: null, reason: null } as const;
const NONE: Judged = {};

describe("a verdict", () => {
  it("goes out again until the server has it", () => {
    const given = judge(NONE, USELESS);
    expect(unkept(given)).toEqual([USELESS]);
    expect(unkept(kept(given, [USELESS]))).toEqual([]);
  });

  it("that was changed stands against the answer to the one before", () => {
    const changed = judge(judge(NONE, USEFUL), USELESS);
    expect(kept(changed, [USEFUL])).toEqual(changed);
    expect(kept(changed, [USELESS])[2]).toEqual({ ...USELESS, isKept: true });
  });

  it("that the server refused is gone", () => {
    const refused = kept(judge(NONE, USEFUL), [TAKEN_BACK]);
    expect(refused[2]).toMatchObject({ verdict: null, isKept: true });
    expect(unkept(refused)).toEqual([]);
  });

  it("of before is there after coming back; one given meanwhile stands", () => {
    expect(restored(NONE, [USEFUL])[2]).toEqual({ ...USEFUL, isKept: true });
    expect(restored(judge(NONE, USELESS), [USEFUL])[2]).toEqual({ ...USELESS, isKept: false });
  });

  it("that was taken back on another device is gone after coming back", () => {
    expect(restored(kept(NONE, [USEFUL]), [])).toEqual({});
  });
});

describe("the page's verdicts", () => {
  it("come with the history and are told one by one", () => {
    const open = frame({ type: "history", messages: [bot(2)], last_seq: 2, feedback: [USEFUL] });
    expect(after(open).judged[2]).toMatchObject(USEFUL);
    expect(after(open, frame({ type: "feedback", ...USELESS })).judged[2]).toMatchObject(USELESS);
  });

  it("belong to their conversation", () => {
    const judged = [{ type: "session", session: SESSION }, history(bot(2)), { type: "judge", given: USEFUL }] as const;
    expect(after(...judged).judged[2]).toMatchObject(USEFUL);
    expect(after(...judged, { type: "session", session: { ...SESSION, conversation: "c2" } }).judged).toEqual({});
  });
});
