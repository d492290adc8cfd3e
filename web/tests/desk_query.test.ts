import { beforeEach, describe, expect, it } from "vitest";
import { withoutPrivate } from "../src/desk/answers/private";
import { EMPTY, isEmpty, readQuery, withChoice, withLine, withoutFact, written } from "../src/desk/answers/query";
import { forgetAll, recentLines, remember } from "../src/desk/answers/recent";
import type { Open } from "../src/desk/answers/types";

const OPEN: Open = { fact: "situation", title: "就医情形", question: "？", input: "choice", choices: [] };

describe("numbers that may be somebody's", () => {
  it.each([
    "371002199001011237 威海 备案", "371002 1990 0101 1237 威海 备案", "13812345678 威海 备案", "138-1234-5678 威海 备案",
    "威海 备案 37100219900101", "威海 备案 ３７１００２１９９００１０１１２３Ｘ", "0631-5231234 威海 备案", "威海 备案 138 1234 5678",
    "威海 备案 371.002.1990.0101", "威海 备案 6222-0210-0100", "威海 备案 3710_0219_9001",
  ])("are taken out of %s", (line) => {
    const safe = withoutPrivate(line);
    expect(safe.hidden).toBe(true);
    expect(safe.line).toBe("威海 备案");
  });

  it.each(["威海 2021-12-10 备案", "2021年12月 威海", "两万五 12393", "321084 备案", "20%", "25000", "2024-01-15 到 2024-06-01", "2024.1.5 威海", "25000.00 自付"])(
    "are not seen in %s", (line) => expect(withoutPrivate(line)).toEqual({ line, hidden: false }),
  );

  it("never come out of an address", () => {
    expect(readQuery(new URLSearchParams({ q: "371002199001011237 备案" })).q).toBe("备案");
  });
});

describe("a query in the address", () => {
  it("comes back as it was written", () => {
    const query = { q: "威海 自付", topic: "change", on: "2026-01-02", facts: { situation: "referral" }, without: ["care_place"], skip: ["scheme"] };
    const params = new URLSearchParams(Object.entries(written(query)).filter((one): one is [string, string] => !!one[1]));
    expect(readQuery(params)).toEqual(query);
  });

  it("is empty without a line, a topic and facts, whatever the day", () => {
    expect(isEmpty({ ...EMPTY, on: "2026-01-01" })).toBe(true);
    expect(isEmpty({ ...EMPTY, topic: "change" })).toBe(false);
  });

  it("leaves out what cannot be a fact", () => {
    expect(readQuery(new URLSearchParams({ facts: "situation,a:b,,:" })).facts).toEqual({ a: "b" });
  });
});

describe("names and addresses that are said", () => {
  it("are masked", () => {
    const safe = withoutPrivate("我叫张小明 威海 备案");
    expect(safe).toEqual({ line: "我叫张** 威海 备案", hidden: true });
  });
});

describe("another line", () => {
  const query = { ...EMPTY, q: "威海 自付", on: "2026-01-02", topic: "change", facts: { situation: "referral" }, without: ["scheme"], skip: ["care_place"] };

  it.each(["威海 自付 zhuan", "威海 自付 转诊"])("typed on keeps what was chosen: %s", (q) => {
    expect(withLine(query, q, "威海 自付")).toEqual({ ...query, q, topic: undefined });
  });

  it.each(["威海 自", "杭州", "", "去威海 自付"])("may be the next caller's, and keeps the day alone: %s", (q) => {
    expect(withLine(query, q, "威海 自付")).toEqual({ ...EMPTY, on: "2026-01-02", q });
  });

  it("begun where nothing was written keeps nothing chosen", () => {
    expect(withLine({ ...query, q: "" }, "威", "").facts).toEqual({});
  });
});

describe("choosing", () => {
  it("adds the fact and counts it again where it was taken away", () => {
    const chosen = withChoice({ ...EMPTY, without: ["situation", "scheme"] }, OPEN, { fact: "situation", value: "referral" });
    expect(chosen.facts).toEqual({ situation: "referral" });
    expect(chosen.without).toEqual(["scheme"]);
  });

  it("skips the fact that was asked for where nobody knows", () => {
    expect(withChoice(EMPTY, OPEN, { fact: "unknown", value: "unknown" }).skip).toEqual(["situation"]);
  });

  it("takes a chosen fact back, and does not count one that was read", () => {
    const fact = { name: "situation", title: "", words: "", value: "" };
    const query = { ...EMPTY, facts: { situation: "referral", scheme: "resident" } };
    expect(withoutFact(query, { ...fact, origin: "chosen" }).facts).toEqual({ scheme: "resident" });
    expect(withoutFact(query, { ...fact, origin: "said" }).without).toEqual(["situation"]);
  });
});

describe("lines asked lately", () => {
  beforeEach(forgetAll);

  it("stand newest first, each once, without its own beginnings, eight at most", () => {
    for (const line of ["威海", "威海 备", "威海 备案", "杭州 材料", "威海 备案", " "]) remember(line);
    expect(recentLines()).toEqual(["威海 备案", "杭州 材料"]);
    for (let n = 10; n < 20; n += 1) remember(`${n} 行`);
    expect(recentLines()).toHaveLength(8);
  });
});
