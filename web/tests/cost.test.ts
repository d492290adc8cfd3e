import { describe, expect, it } from "vitest";
import { cents, differenceWords, plain, rounded, toTheCent } from "../src/cost/money";
import type { CostComponent, CostCustom, CostSettlement } from "../src/cost/protocol";
import { settlementsOf, shares } from "../src/cost/shares";
import { byReason, underHead } from "../src/cost/whatIfs";
import { type Bar, labelPlace, summary, unaccounted, waterfall } from "../src/cost/waterfall";
import json from "./cost.json";

const cost = json as CostCustom;
const [tertiary, secondary, primary] = settlementsOf(cost) as [CostSettlement, CostSettlement, CostSettlement];

const part = (title: string, payer: "patient" | "fund", amount: string): CostComponent => ({
  name: title, title, payer, amount, formula: "", remaining: "0.00", citations: [],
});

describe("a sum", () => {
  it("is counted in whole cents", () => {
    expect(cents("0.10") + cents("0.20")).toBe(cents("0.30"));
    expect(cents("386520.5")).toBe(38652050);
    expect(cents("很多")).toBeNaN();
  });

  it("has its cents in a table, and elsewhere only where there are some", () => {
    expect(toTheCent("1234567.5")).toBe("1,234,567.50");
    expect(plain("13250.00")).toBe("13,250");
    expect(plain("13250.50")).toBe("13,250.50");
    expect(rounded(1842050)).toBe("18,421");
  });

  it("stays as it came when it is none", () => expect(toTheCent("不清楚")).toBe("不清楚"));

  it("says in words whether more or less is paid", () => {
    expect(differenceWords("-2250.00")).toBe("少付2,250元");
    expect(differenceWords("86472.5")).toBe("多付86,472.50元");
    expect(differenceWords("0.00")).toBe("一样");
    expect(differenceWords("-0.00")).toBe("一样");
  });
});

describe("the bars of the chart", () => {
  it("begin with the total and land on it, each where the one before ended", () => {
    for (const { components } of [tertiary, secondary, primary]) {
      const bars = waterfall(cost.total, components) as Bar[];
      const [whole, ...parts] = bars;
      expect(whole).toMatchObject({ payer: "total", start: 0, end: cents(cost.total) });
      expect(parts[0]?.start).toBe(0);
      parts.slice(1).forEach((bar, at) => expect(bar.start).toBe(parts[at]?.end));
      expect(parts[parts.length - 1]?.end).toBe(whole?.end);
    }
  });

  it("land on the total to the cent where floating sums would not", () => {
    const many = Array.from({ length: 10 }, (_, at) => part(`${at}`, "patient", "0.10"));
    expect(waterfall("1.00", many)).toHaveLength(11);
  });

  it("show what no component accounts for as not known", () => {
    const bars = waterfall(cost.total, primary.components) as Bar[];
    expect(bars[bars.length - 1]).toMatchObject({ payer: "unknown", title: "还不清楚" });
    expect(unaccounted(cost.total, tertiary.components)).toBe(0);
  });

  it("leave out what is nothing", () => {
    const bars = waterfall("10.00", [part("自费", "patient", "0.00"), part("起付线", "patient", "10.00")]);
    expect(bars?.map((bar) => bar.title)).toEqual(["总费用", "起付线"]);
  });

  it("aren't drawn when the parts can't be parts of that total", () => {
    expect(waterfall("10.00", [part("起付线", "patient", "10.01")])).toBeNull();
    expect(waterfall("10.00", [part("起付线", "patient", "-1.00")])).toBeNull();
    expect(waterfall("10.00", [part("起付线", "patient", "不清楚")])).toBeNull();
    expect(waterfall("0.00", [])).toBeNull();
  });

  it("have their figure inside or on the wider side", () => {
    const bar = (start: number, end: number): Bar => ({ title: "", payer: "fund", start, end });
    expect(labelPlace(bar(0, 40), 100)).toBe("inside");
    expect(labelPlace(bar(0, 10), 100)).toBe("right");
    expect(labelPlace(bar(70, 100), 100)).toBe("left");
  });

  it("are told in a sentence to who doesn't see them", () => {
    const said = summary(waterfall(cost.total, tertiary.components) as Bar[]);
    expect(said).toContain("总费用386,520.50元");
    expect(said).toContain("起付线1,000元（自己付）");
    expect(said).toContain("大病保险支付86,472元（医保付）");
  });
});

describe("the shares", () => {
  it("make up the total", () => {
    expect(shares(cost.total, tertiary, plain)).toEqual({ patient: "150,048.50", fund: "236,472" });
  });

  it("are ranges on both sides when one is", () => {
    const both = shares(cost.total, secondary, toTheCent);
    expect(both).toEqual({ patient: "144,248.50～152,000.00", fund: "234,520.50～242,272.00" });
  });

  it("say 最多 of the fund when the patient pays at least so much", () => {
    expect(shares(cost.total, primary, plain)).toEqual({ patient: "至少74,400.50", fund: "最多312,120" });
  });

  it("are the card's own without a choice of levels", () => {
    expect(settlementsOf({ ...cost, settlements: [] })).toEqual([
      { label: "", patient: cost.patient, fund: cost.fund, at_least: undefined, components: cost.components },
    ]);
  });
});

describe("other circumstances", () => {
  const what = (label: string, reason: string) => ({ label, patient: "1.00", fund: "1.00", difference: "0.00", reason });

  it("say one reason once, each its own otherwise, in their order", () => {
    const cases = [what("a", "same"), what("b", "same"), what("c", ""), what("d", ""), what("e", "same")];
    const labels = byReason(cases).map((group) => group.map(({ label }) => label));
    expect(labels).toEqual([["a", "b"], ["c"], ["d"], ["e"]]);
  });

  it("don't repeat the head of their column", () => {
    expect(underHead("如果办了备案")).toBe("办了备案");
    expect(underHead("去二级医院")).toBe("去二级医院");
  });
});
