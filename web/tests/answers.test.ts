import { describe, expect, it } from "vitest";
import { answerBehind, firstSentence, partsOf } from "../src/answers/parts";
import { answerText, comparisonText } from "../src/answers/plainText";
import type { AnswerCustom, SideBySideCustom } from "../src/answers/protocol";
import { isSilent, leadText } from "../src/drawn";
import type { Message } from "../src/messages";
import { after, bot, history } from "./fixtures";

const ANSWER: AnswerCustom = {
  kind: "answer",
  has_basis: true,
  to_do: ["手机上办：国家医保服务平台APP。"],
  warnings: ["资料是2021年的。"],
  citations: [{ document: "威海市医疗保障局通知", clause: "一（一）", date: "2021-12-10", issued: "2021年12月10日" }],
};
const BASIS = "不用转诊单。\n手机上办：国家医保服务平台APP。\n依据：威海2021年通知，一。\n资料是2021年的。";
const COMPARISON: SideBySideCustom = {
  kind: "side_by_side",
  title: "自己先付多少",
  sides: [
    { place: "杭州", status: "decided", text: "先付20%。", sources: "杭州2023年6月分册，十五", warnings: ["资料是2023年的。"] },
    { place: "高邮", status: "not_stated", text: "公开信没写。", sources: "", warnings: ["资料是2019年的。"] },
  ],
};

function messagesOf(...entries: Parameters<typeof history>): Message[] {
  return after(history(...entries)).messages;
}

describe("an answer", () => {
  it("is drawn on one card with what the message after it says", () => {
    const [conclusion, why, other] = messagesOf(
      bot(1, { custom: ANSWER }),
      bot(2, { text: BASIS }),
      bot(3, { text: "接着填备案：" }),
    ) as [Message, Message, Message];
    expect(answerBehind(conclusion, why)).toBe(ANSWER);
    expect([isSilent(conclusion), isSilent(why, conclusion), isSilent(other, why)]).toEqual([false, true, false]);
    expect(leadText(conclusion)).toBe("");
  });

  it("takes the message after it for its own only where it has one", () => {
    const alone: AnswerCustom = { ...ANSWER, has_basis: false };
    const [conclusion, other] = messagesOf(bot(1, { custom: alone }), bot(2, { text: BASIS }));
    expect(answerBehind(conclusion, other)).toBeNull();
    expect(answerBehind(undefined, conclusion)).toBeNull();
  });

  it("of an older conversation has its reasons behind it where they name a source", () => {
    const older: AnswerCustom = { ...ANSWER, has_basis: undefined };
    const [conclusion, why] = messagesOf(bot(1, { custom: older }), bot(2, { text: BASIS }));
    expect(answerBehind(conclusion, why)).toBe(older);
    const [other, next] = messagesOf(bot(1, { custom: older }), bot(2, { text: "接着填备案：" }));
    expect(answerBehind(other, next)).toBeNull();
  });

  it("says why and what to do apart, source and warning once", () => {
    const [basis] = messagesOf(bot(1, { text: BASIS }));
    expect(partsOf(basis ?? null, ANSWER)).toEqual({
      why: ["不用转诊单。"],
      toDo: ["手机上办：国家医保服务平台APP。"],
      source: "依据：威海2021年通知，一。",
    });
  });

  it("stands out by its first sentence", () => {
    expect(firstSentence("要备案。去省外先备案。")).toEqual(["要备案。", "去省外先备案。"]);
    expect(firstSentence("要备案")).toEqual(["要备案", ""]);
  });

  it("is copied whole, with the full name and the date of its source", () => {
    const [conclusion, basis] = messagesOf(bot(1, { text: "要备案。", custom: ANSWER }), bot(2, { text: BASIS }));
    expect(answerText(conclusion as Message, basis ?? null, ANSWER)).toBe(
      "要备案。\n不用转诊单。\n手机上办：国家医保服务平台APP。\n" +
        "依据：威海市医疗保障局通知 · 一（一） · 2021年12月10日\n资料是2021年的。",
    );
  });
});

describe("a comparison", () => {
  it("is copied with each place's own source and warnings", () => {
    expect(comparisonText(COMPARISON)).toBe(
      "自己先付多少\n杭州：先付20%。\n依据：杭州2023年6月分册，十五\n资料是2023年的。\n高邮：公开信没写。\n资料是2019年的。",
    );
  });

  it("has its warnings on its card and not once more below it", () => {
    const [card, warnings, other] = messagesOf(
      bot(1, { custom: COMPARISON }),
      bot(2, { text: "资料是2023年的。\n资料是2019年的。" }),
      bot(3, { text: "资料是2023年的。\n还有别的。" }),
    ) as [Message, Message, Message];
    expect([isSilent(card), isSilent(warnings, card), isSilent(other, card)]).toEqual([false, true, false]);
  });
});
