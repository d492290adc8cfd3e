import { describe, expect, it } from "vitest";
import type { Custom } from "../src/protocol";
import { isSilent, leadText } from "../src/drawn";
import { choices, currentTurn } from "../src/turns";
import { words } from "../src/words";
import { after, bot, compose, entries, history, message, tick, T0, user } from "./fixtures";

const ask = (slot: string): Custom => ({ kind: "ask", slot, input: "text", sensitive: true });

describe("the latest turn", () => {
  it("holds all the assistant has said since the person's last stored message", () => {
    const { messages } = after(history(bot(1), user(2, "a", "问"), bot(3), bot(4)));
    expect(currentTurn(messages).start).toBe(2);
  });

  it("asks its last question", () => {
    const { messages } = after(history(bot(1, { custom: ask("name") }), bot(2)));
    expect(currentTurn(messages)).toMatchObject({ askKey: "seq-1", ask: { slot: "name" } });
  });

  it("is over, with its question, when the person's answer is stored", () => {
    const asked = [history(bot(1, { custom: ask("name") })), compose(message("a", "张三"), true)] as const;
    expect(currentTurn(after(...asked).messages)).toMatchObject({ askKey: "seq-1", isBusy: true });
    const done = after(...asked, entries("a", user(2, "a", "张*"), bot(3)));
    expect(currentTurn(done.messages)).toMatchObject({ askKey: null, isBusy: false });
  });

  it("can be acted on again when the answer didn't get through", () => {
    const failed = after(history(bot(1)), compose(message("a", "问")), tick(T0 + 60_000));
    expect(currentTurn(failed.messages)).toMatchObject({ start: 0, isBusy: false });
  });
});

describe("what is drawn of a reply", () => {
  const [yes, no] = [{ title: "是", payload: "/y" }, { title: "否", payload: "/n" }];

  it("offers buttons and options together, each once", () => {
    const { messages } = after(
      history(bot(1, { buttons: [yes], custom: { kind: "ask", slot: "s", input: "choice", options: [yes, no] } })),
    );
    expect(messages.map(choices)).toEqual([[yes, no]]);
  });

  it("leaves out of the bubble what the card below it shows", () => {
    const review: Custom = { kind: "review", fields: [{ slot: "name", title: "姓名", value: "张*" }] };
    const letter: Custom = { kind: "commitment_letter", text: "第一条\n第二条" };
    const { messages } = after(
      history(bot(1, { text: "请核对：\n姓名：张*\n对吗？", custom: review }), bot(2, { text: "请看：\n第一条\n第二条", custom: letter })),
    );
    expect(messages.map(leadText)).toEqual(["对吗？", "请看："]);
  });

  it("says a filing's number and state once, on its card", () => {
    const receipt: Custom = { kind: "receipt", filing_no: "371000-1" };
    const filing: Custom = { kind: "filing", filing_no: "371000-1", status_text: "已提交", treatment_region: "南京市" };
    const { messages } = after(
      history(
        bot(1, { text: "已提交，备案号 371000-1。\n提交不等于办好。", custom: receipt }),
        bot(2, { text: "备案号 371000-1\n状态：已提交\n去往：南京市", custom: filing }),
      ),
    );
    expect(messages.map(leadText)).toEqual(["提交不等于办好。", ""]);
  });

  it("says what comes after handing in once, on the receipt, where the receipt says it", () => {
    const text = "已提交，备案号 371000-1，请记下来。\n提交不等于办好，要等参保地经办机构确认。\n别的。";
    const known: Custom = { kind: "receipt", filing_no: "371000-1", status: "submitted" };
    const unknown: Custom = { ...known, status: "brand_new" };
    const { messages } = after(history(bot(1, { text, custom: known }), bot(2, { text, custom: unknown })));
    expect(words.receipt.next["submitted"]?.[0]).toContain("提交不等于办好");
    expect(messages.map(leadText)).toEqual(["别的。", "提交不等于办好，要等参保地经办机构确认。\n别的。"]);
  });

  it("says of a cost's text only what its buttons are for: the card has the rest", () => {
    const custom: Custom = { kind: "cost_text" };
    const { messages } = after(history(bot(1, { text: "1. 起付线…", custom, buttons: [yes] }), bot(2, { text: "1. 起付线…", custom })));
    expect(messages.map(leadText)).toEqual([words.cost.again, ""]);
    expect(messages.map((one) => isSilent(one))).toEqual([false, true]);
  });
});
