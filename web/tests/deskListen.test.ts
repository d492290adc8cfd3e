import { describe, expect, it } from "vitest";
import { NOBODY, withCode } from "../src/consent/useConsent";
import { asked, byDay, ranking, waitingByDay } from "../src/desk/listen/chartData";
import type { Day, Figures, Line } from "../src/desk/listen/protocol";
import { dayAndClock } from "../src/desk/listen/times";
import { added } from "../src/desk/listen/useFollowed";

const line = (seq: number): Line => ({ seq, at: "", from: "user", kind: "", text: `${seq}`, status: "", buttons: [] });
const day = (outcomes: Record<string, number>, median: number | null = 30): Day => ({
  day: "2026-11-22", outcomes, waiting: { median, slow: median },
});

describe("a conversation that is followed", () => {
  it("shows a line that comes twice once, and keeps the same list when nothing is new", () => {
    const lines = [line(1), line(2)];
    expect(added(lines, [line(2), line(3)]).map((one) => one.seq)).toEqual([1, 2, 3]);
    expect(added(lines, [line(1)])).toBe(lines);
    expect(added([], [])).toEqual([]);
  });
});

describe("a code", () => {
  const waiting = { state: "waiting", code: "482913", at: "2026-11-22T11:00:00+08:00" } as const;
  it("stays on the page that it was told, until another one takes its place or it is used", () => {
    expect(withCode(waiting, { ...waiting, code: null }).code).toBe("482913");
    expect(withCode(waiting, { ...waiting, code: null, at: "2026-11-22T12:00:00+08:00" }).code).toBeNull();
    expect(withCode(waiting, { state: "watched", code: null, at: null }).code).toBeNull();
    expect(withCode(NOBODY, { ...waiting, code: null }).code).toBeNull();
  });
});

describe("figures", () => {
  it("put what has no rule, no version and no pack together, and leave small talk out of questions", () => {
    const outcomes = { answered: 6, cost: 2, not_stated: 1, no_pack: 1, not_in_force: 1, fallback: 1, talk: 40, filing_step: 9 };
    const { series } = byDay([day(outcomes)]);
    expect(series.map((one) => one.values[0])).toEqual([8, 0, 3, 1]);
    expect(asked({ outcomes } as unknown as Figures)).toEqual({ all: 12, answered: 8 });
  });

  it("leave a gap where nobody waited", () => {
    expect(waitingByDay([day({}, null)]).series.map((one) => one.values)).toEqual([[null], [null]]);
  });

  it("rank at most a dozen, and name a place that nobody told", () => {
    const many = Array.from({ length: 20 }, (_, n) => ({ id: `${n}`, title: n ? `${n}` : "", count: 20 - n }));
    const data = ranking("哪里参保", "次数", many);
    expect(data.names).toHaveLength(12);
    expect(data.names[0]).toBe("没说参保地");
    expect(data.summary).toContain("没说参保地 20");
  });
});

it("a time of another year says which", () => {
  const now = new Date(2026, 10, 22);
  expect(dayAndClock(new Date(2026, 0, 2, 3, 4).toISOString(), now)).toBe("1月2日 03:04");
  expect(dayAndClock(new Date(2025, 0, 2, 3, 4).toISOString(), now)).toBe("2025年1月2日 03:04");
});
