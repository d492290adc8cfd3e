import { describe, expect, it } from "vitest";
import { isSendKey } from "../src/chat/keys";
import { chineseDay, ownText } from "../src/format";
import { doubtOfWhole, problemOfWhole, problemWhileTyping, tidy } from "../src/inputs/shapes";
import { isSignature } from "../src/inputs/strokes";
import { statusText } from "../src/cards/statusText";

describe("a field", () => {
  it("takes the number however it is written", () => {
    expect(tidy("id_number", " 371000 19600101 001x")).toBe("37100019600101001X");
    expect(tidy("phone", "１３８-0000 0000")).toBe("13800000000");
    expect(tidy("text", " 张 三 ")).toBe("张 三");
  });

  it("doesn't complain about what may still come", () => {
    expect(problemWhileTyping("id_number", "3710")).toBeNull();
    expect(problemWhileTyping("phone", "138")).toBeNull();
    expect(problemWhileTyping("id_number", "37A")).not.toBeNull();
    expect(problemWhileTyping("id_number", "3710001960010100112")).toContain("多了1位");
  });

  it("says what is wrong with the whole, and leaves the rest to the server", () => {
    expect(problemOfWhole("text", "")).not.toBeNull();
    expect(problemOfWhole("id_number", "3710")).toContain("4位");
    expect(problemOfWhole("id_number", "37100019600101001X")).toBeNull();
    expect(problemOfWhole("phone", "1380000")).toContain("7位");
    expect(problemOfWhole("phone", "13800000000")).toBeNull();
    expect(problemOfWhole("phone", "+8613800000000")).toBeNull();
    expect(problemOfWhole("phone", "06315190000")).toBeNull();
  });
});

describe("an ID number's check digit", () => {
  it("is only doubted when the number is whole, and never keeps it from being sent", () => {
    expect(doubtOfWhole("id_number", "371002199001011237")).toBeNull();
    expect(doubtOfWhole("id_number", "11010519491231002X")).toBeNull();
    expect(doubtOfWhole("id_number", "37100219900101123")).toBeNull();
    expect(doubtOfWhole("id_number", "371002199001011238")).toContain("对不上");
    expect(doubtOfWhole("id_number", "371002199001012137")).not.toBeNull();
    expect(problemOfWhole("id_number", "371002199001011238")).toBeNull();
    expect(doubtOfWhole("phone", "371002199001011238")).toBeNull();
  });
});

describe("a phone number", () => {
  it("with a digit too many is told so while it is typed", () => {
    expect(problemWhileTyping("phone", "138000000001")).toContain("多了1位");
    expect(problemWhileTyping("phone", "+8613800000000")).toBeNull();
    expect(problemWhileTyping("phone", "06315190000")).toBeNull();
  });
});

describe("Enter", () => {
  const enter = { key: "Enter", shiftKey: false, isComposing: false, keyCode: 13 };

  it("sends", () => expect(isSendKey(enter)).toBe(true));
  it("starts a line with Shift", () => expect(isSendKey({ ...enter, shiftKey: true })).toBe(false));
  it("doesn't send while an input method is composing, in Safari either", () => {
    expect(isSendKey({ ...enter, isComposing: true })).toBe(false);
    expect(isSendKey({ ...enter, keyCode: 229 })).toBe(false);
  });
});

describe("what people read", () => {
  it("has dates in words and no picture data", () => {
    expect(chineseDay("2026-09-10")).toBe("2026年9月10日");
    expect(ownText("data:image/png;base64,AAAA")).toBe("（已签名）");
  });

  it("never holds a bare status code", () => {
    expect(statusText({ status: "submitted" })).toContain("等待经办机构确认");
    expect(statusText({ status: "brand_new" })).toBe("");
    expect(statusText({ status: "brand_new", status_text: "处理中" })).toBe("处理中");
  });

  it("takes a touch by accident for no signature", () => {
    expect(isSignature([[{ x: 0, y: 0 }, { x: 3, y: 0 }]])).toBe(false);
    expect(isSignature([[{ x: 0, y: 0 }, { x: 50, y: 0 }], [{ x: 0, y: 9 }, { x: 20, y: 9 }]])).toBe(true);
  });
});
