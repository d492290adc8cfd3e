import { describe, expect, it } from "vitest";
import { shortened } from "../src/elder/shortened";

const LONG = `手机上办：国家医保服务平台APP就行。\n转诊单不用交。\n${"这里还有很多别的话要说。".repeat(12)}`;

describe("what an answer says first in 长辈模式", () => {
  it("is all of a short one", () => expect(shortened("不用备案。直接刷卡。")).toBe("不用备案。直接刷卡。"));

  it("is whole sentences from the beginning", () => {
    const first = shortened(LONG);
    expect(LONG.startsWith(first)).toBe(true);
    expect(first).toMatch(/^手机上办/);
    expect(first).toMatch(/。$/);
    expect(first.length).toBeLessThanOrEqual(70);
  });

  it("is at least one sentence, however long", () => {
    const sentence = `${"长".repeat(150)}。`;
    expect(shortened(`${sentence}第二句。`)).toBe(sentence);
  });
});
