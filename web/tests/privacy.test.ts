import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ownMessage, unsent } from "../src/messages";
import { isPrivateAnswer, maskedText } from "../src/privacy";
import type { AskCustom } from "../src/protocol";

// What the server shows for each: tests/server/test_masked.py holds it to the same file.
const SAMPLES = JSON.parse(readFileSync(new URL("masked_samples.json", import.meta.url), "utf8")) as [string, string][];

describe("what is typed into the message box", () => {
  it.each(SAMPLES)("%s is masked at once as the server will show it", (text, shown) => {
    expect(maskedText(text)).toBe(shown);
  });

  it("is masked in the bubble and sent whole", () => {
    const message = ownMessage({ type: "message", client_id: "c1", text: "电话13812345678" }, false, 0);
    expect(message.text).toBe("电话138****5678");
    expect(unsent([message])).toEqual([{ type: "message", client_id: "c1", text: "电话13812345678" }]);
  });

  it("takes no longer to mask than its length", () => {
    for (const piece of ["路", "一号", "1", "1 ", "我叫", "a.", "路一", "我叫一·", "2022-01-01 "]) {
      const began = performance.now();
      maskedText(piece.repeat(4000 / piece.length));
      expect(performance.now() - began).toBeLessThan(3000);
    }
  });
});

describe("an answer to a private question", () => {
  const ask = (slot: string, input: AskCustom["input"], sensitive = true): AskCustom => ({ kind: "ask", slot, input, sensitive });

  it("shows as dots wherever it is typed", () => {
    expect(isPrivateAnswer(ask("name", "text"), "欧阳测试")).toBe(true);
    expect(isPrivateAnswer(ask("address", "text"), "玄武区中山路")).toBe(true);
    expect(isPrivateAnswer(ask("signature", "signature"), "欧阳测试")).toBe(true);
    expect(isPrivateAnswer(ask("lookup", "lookup"), "后四位1237")).toBe(true);
  });

  it("isn't taken for one when it asks, or when nothing private is asked", () => {
    expect(isPrivateAnswer(ask("name", "text"), "备案管多久？")).toBe(false);
    expect(isPrivateAnswer(ask("name", "text"), "稍后继续")).toBe(false);
    expect(isPrivateAnswer(ask("starts_on", "date", false), "明天")).toBe(false);
    expect(isPrivateAnswer(ask("paper:x", "paper"), "没有")).toBe(false);
    expect(isPrivateAnswer(null, "欧阳测试")).toBe(false);
  });
});
