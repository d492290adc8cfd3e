import { describe, expect, it } from "vitest";
import { adjusted, dayOf, daysOf, monthsOf, pickedOf, rangeOf, shortcuts, weekday, yearsOf } from "../src/inputs/days";

// 00:30 in China, still the day before in Greenwich.
const NOW = Date.parse("2026-11-22T16:30:00Z");
const starts = rangeOf({ slot: "starts_on", min: "2026-11-23" }, NOW);
const upTo = (last: number) => Array.from({ length: last }, (_, at) => String(at + 1));

describe("the days that may be picked", () => {
  it("begin with the first that the question takes", () => {
    expect(yearsOf(starts)).toEqual(["2026", "2027", "2028", "2029"]);
    expect(monthsOf(starts, { year: "2026", month: "", day: "" })).toEqual(["11", "12"]);
    expect(daysOf(starts, { year: "2026", month: "11", day: "" })).toEqual(["23", "24", "25", "26", "27", "28", "29", "30"]);
    expect(monthsOf(starts, { year: "2027", month: "", day: "" })).toEqual(upTo(12));
  });

  it("end with today in China where the day lies behind", () => {
    const admitted = rangeOf({ slot: "admitted_on" }, NOW);
    expect(admitted.last).toBe("2026-11-23");
    expect(yearsOf(admitted)).toEqual(["2023", "2024", "2025", "2026"]);
    expect(daysOf(admitted, { year: "2026", month: "11", day: "" })).toEqual(upTo(23));
    expect(rangeOf({ slot: "discharged_on", min: "2026-11-20", max: "2026-11-21" }, NOW)).toEqual({
      first: "2026-11-20",
      last: "2026-11-21",
    });
  });

  it("know how long a month is", () => {
    expect(daysOf(starts, { year: "2028", month: "2", day: "" })).toEqual(upTo(29));
    expect(daysOf(starts, { year: "2027", month: "2", day: "" })).toEqual(upTo(28));
  });
});

describe("a day picked in three lists", () => {
  it("is a day only when all three are picked", () => {
    expect(dayOf({ year: "2026", month: "12", day: "" })).toBe("");
    expect(dayOf({ year: "2026", month: "12", day: "1" })).toBe("2026-12-01");
    expect(pickedOf("2026-12-01")).toEqual({ year: "2026", month: "12", day: "1" });
  });

  it("lets go of what the new year or month hasn't", () => {
    expect(adjusted(starts, { year: "2027", month: "2", day: "30" })).toEqual({ year: "2027", month: "2", day: "" });
    expect(adjusted(starts, { year: "2026", month: "3", day: "30" })).toEqual({ year: "2026", month: "", day: "30" });
    expect(adjusted(starts, { year: "2026", month: "12", day: "30" })).toEqual({ year: "2026", month: "12", day: "30" });
  });

  it("is one press away when it is near and may be picked", () => {
    expect(shortcuts("starts_on", starts, NOW)).toEqual([["今天", "2026-11-23"], ["明天", "2026-11-24"]]);
    const past = rangeOf({ slot: "admitted_on", max: "2026-11-23" }, NOW);
    expect(shortcuts("admitted_on", past, NOW)).toEqual([["今天", "2026-11-23"], ["昨天", "2026-11-22"]]);
    expect(shortcuts("discharged_on", { first: "2026-11-23", last: "2026-11-23" }, NOW)).toEqual([["今天", "2026-11-23"]]);
  });

  it("is told with its weekday", () => {
    expect(weekday("2026-11-23")).toBe("星期一");
    expect(weekday("2026-11-29")).toBe("星期日");
  });
});
