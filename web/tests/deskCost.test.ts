import { describe, expect, it } from "vitest";
import {
  bodyOf, changesOf, EMPTY, faultsOf, openPresets, ownFaults, rateOf, shownFields, UNKNOWN, type Written,
} from "../src/desk/cost/form";
import type { Field } from "../src/desk/cost/protocol";

const field = (name: string, kind: Field["kind"], values: Field["options"][number]["value"][] = []): Field => ({
  name, title: name, group: "", kind, may_be_unknown: true, options: values.map((value) => ({ value, title: "", note: "" })),
});
const FIELDS = [
  field("total_amount", "amount"), field("has_valid_filing", "choice", [true, false]),
  field("stay_in_year", "choice", [1, 2, 3]), field("own_rate", "rate"), field("class_b_lines", "lines"),
];
const written = (values: Record<string, string>, more: Partial<Written> = {}): Written => ({ ...EMPTY, values, ...more });

describe("a share in percent", () => {
  it("is sent as a share of one", () => {
    expect(["80", "80%", "82.5", "0", "100", "８０"].map(rateOf)).toEqual(["0.8", "0.8", "0.825", "0", "1", "0.8"]);
    expect(rateOf("33.33")).toBe("0.3333");
  });

  it("is none below nothing, above all, or in words", () => {
    expect(["-1", "101", "100.01", "八成", ""].map(rateOf)).toEqual([null, null, null, null, null]);
  });
});

describe("what is written", () => {
  it("goes out with values of the field's own kind, and nothing for what is empty", () => {
    const values = { total_amount: " 25,000 ", has_valid_filing: "false", stay_in_year: "2", own_rate: "80", other: "x" };
    expect(bodyOf(written(values), FIELDS)).toEqual({
      total_amount: "25,000", has_valid_filing: false, stay_in_year: 2, own_rate: "0.8",
    });
    expect(bodyOf(EMPTY, FIELDS)).toEqual({});
  });

  it("names what the person does not know", () => {
    expect(bodyOf(written({ has_valid_filing: UNKNOWN }), FIELDS)).toEqual({ skipped: ["has_valid_filing"] });
  });

  it("leaves out lines without an amount and a share that nobody told", () => {
    const lines = [{ amount: "", percent: "" }, { amount: "300", percent: "10" }, { amount: "20", percent: "" }];
    expect(bodyOf(written({}, { lines, sheet: { deductible: " 800", pooled_fund_amount: "" } }), FIELDS)).toEqual({
      class_b_lines: [{ amount: "300", rate: "0.1" }, { amount: "20" }], sheet: { deductible: "800" },
    });
  });

  it("has its wrong shares told at once, and a share without an amount", () => {
    const lines = [{ amount: "300", percent: "一成" }, { amount: "", percent: "10" }];
    expect(Object.keys(ownFaults(written({ own_rate: "800" }, { lines })))).toEqual([
      "own_rate", "class_b_lines.0.rate", "class_b_lines.1.amount",
    ]);
  });
});

describe("the server's faults", () => {
  it("stand at the line as it is numbered in the form, and at the field of the base", () => {
    const lines = [{ amount: "", percent: "" }, { amount: "x", percent: "" }];
    const said = faultsOf({ faults: { "base.class_b_lines.0.amount": "不对", "base.total_amount": "没有填" } }, written({}, { lines }));
    expect(said).toEqual({ "class_b_lines.1.amount": "不对", total_amount: "没有填" });
    expect(faultsOf({}, EMPTY)).toEqual({});
  });
});

describe("a column", () => {
  it("that was kept as a whole unsays what it did not have", () => {
    const kept = { id: 1, title: "", whole: { scheme: "employee" } };
    expect(changesOf(kept, { scheme: "resident", benefit_tier: "tier_one" })).toEqual({ scheme: "employee", benefit_tier: null });
  });

  it("that was offered changes what it says, and is offered once", () => {
    const preset = { id: "filed", title: "如果办了备案", changes: { has_valid_filing: true } };
    expect(changesOf({ ...preset, id: 1 }, { scheme: "resident" })).toEqual({ has_valid_filing: true });
    expect(openPresets([preset], [{ ...preset, id: 1 }])).toEqual([]);
    expect(openPresets([preset], [])).toEqual([preset]);
  });
});

describe("fields", () => {
  it("show where they matter or are filled in; all before anything is known", () => {
    const names = (matters: string[] | null, values = {}) => shownFields(FIELDS, matters, values).map((one) => one.name);
    expect(names(null)).toHaveLength(FIELDS.length);
    expect(names(["total_amount"], { stay_in_year: "1" })).toEqual(["total_amount", "stay_in_year"]);
  });
});
