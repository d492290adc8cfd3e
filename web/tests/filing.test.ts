import { describe, expect, it } from "vitest";
import { statusText } from "../src/cards/statusText";
import { leadText } from "../src/drawn";
import { grouped, messageOf, placeAfter, problemOf, shaped } from "../src/lookup/checks";
import type { Custom } from "../src/protocol";
import { cardActions, choices } from "../src/turns";
import { after, bot, compose, entries, history, message, SESSION, user } from "./fixtures";

const NUMBER = "371000-261122-4821-0937-5";

describe("a filing number", () => {
  it("is grouped while it is typed, without a dash that has nothing behind it", () => {
    expect(grouped("371000")).toBe("371000");
    expect(grouped("3710002")).toBe("371000-2");
    expect(grouped("备案号：３７１０００ 261122 4821 0937 5")).toBe(NUMBER);
    expect(grouped("")).toBe("");
  });

  it("keeps what is too much in sight, and says so", () => {
    expect(grouped(`${NUMBER}99`)).toBe(`${NUMBER}99`);
    expect(problemOf("filing_no", `${NUMBER}99`)).toContain("多了2位");
  });

  it("keeps the cursor behind its digit", () => {
    expect(placeAfter(NUMBER, 0)).toBe(0);
    expect(placeAfter(NUMBER, 6)).toBe(6);
    expect(placeAfter(NUMBER, 7)).toBe(8);
    expect(placeAfter("371", 9)).toBe(3);
  });

  it("with a wrong digit isn't sent", () => {
    expect(problemOf("filing_no", NUMBER)).toBeNull();
    expect(problemOf("filing_no", "371000-261122-4821-0938-5")).toContain("对不上");
    expect(problemOf("filing_no", "371000-26")).toContain("现在是8位");
    expect(problemOf("filing_no", "")).toContain("还没有填备案号");
  });
});

describe("a lookup", () => {
  it("takes four digits, the last one may be X", () => {
    expect(problemOf("id_last_four", shaped("id_last_four", "００1x"))).toBeNull();
    expect(problemOf("id_last_four", "X123")).not.toBeNull();
    expect(problemOf("id_last_four", "01234")).not.toBeNull();
  });

  it("goes as one message", () => {
    expect(messageOf({ filing_no: NUMBER, id_last_four: "001X", phone: "138 0000 0000" })).toBe(
      `备案号 ${NUMBER} 后四位 001X 电话 13800000000`,
    );
    expect(problemOf("phone", "1380000")).toContain("7位");
  });
});

describe("a filing", () => {
  const action = { title: "撤回", payload: "btn:1" };
  const filing: Custom = {
    kind: "filing",
    filing_no: NUMBER,
    kind_title: "异地长期居住",
    status: "returned",
    status_text: "已退回",
    treatment_region: "江苏省南京市",
    valid_to_text: "长期有效",
    may_change_text: "2027年5月23日起可以改",
    return_reason: "地址没写到门牌号。\n请补上。",
    actions: [action],
  };

  it("offers on its card what can be done, not below it again", () => {
    const other = { title: "查别的备案", payload: "btn:2" };
    const raw = { title: action.title, payload: "/withdraw_filing" };
    expect(cardActions([raw], [action, other])).toEqual([action]);
    expect(cardActions([action])).toEqual([action]);
    const [shown] = after(history(bot(1, { custom: filing, buttons: [action, other] }))).messages;
    expect(shown && choices(shown)).toEqual([other]);
  });

  it("says in the bubble only what the card doesn't", () => {
    const text = [
      `备案号 ${NUMBER}`,
      "办的是：异地长期居住",
      "状态：已退回",
      "去往：江苏省南京市，从2026年9月10日起",
      "有效期：长期有效",
      "变更：2027年5月23日起可以改。",
      "退回原因：地址没写到门牌号。",
      "请补上。",
      "改好再交就行，异地长期居住不用重新排队。",
    ].join("\n");
    const [shown] = after(history(bot(1, { custom: filing, text }))).messages;
    expect(shown && leadText(shown)).toBe("改好再交就行，异地长期居住不用重新排队。");
  });

  it("has a state in words, also by its code alone", () => {
    for (const status of ["submitted", "confirmed", "returned", "replaced", "changed", "withdrawn", "ending", "ended", "expired"]) {
      expect(statusText({ status })).toMatch(/[一-龥]/);
    }
  });

  it("handed in has its notes on the receipt, once", () => {
    const receipt: Custom = { kind: "receipt", filing_no: NUMBER, status_text: "已提交", notes: ["等经办机构确认。"] };
    const text = `已提交，备案号 ${NUMBER}。\n状态：已提交\n等经办机构确认。\n以后说「我的备案」。`;
    const [shown] = after(history(bot(1, { custom: receipt, text }))).messages;
    expect(shown && leadText(shown)).toBe("以后说「我的备案」。");
  });
});

describe("a deletion of all that was kept", () => {
  const session = { type: "session", session: SESSION } as const;
  const erased = bot(3, { text: "删掉了1份没填完的备案。", custom: { kind: "erased" } });
  const gone = [session, history(bot(1)), compose(message("a", "删除我的信息")), entries("a", user(2, "a", "删除我的信息"), erased)] as const;

  it("takes the conversation off the screen at once", () => {
    const state = after(...gone);
    expect(state).toMatchObject({ messages: [], lastSeq: 0, erased: "删掉了1份没填完的备案。" });
  });

  it("doesn't bring it back should the old line come once more", () => {
    expect(after(...gone, history(bot(1), user(2, "a", "删除我的信息"))).messages).toEqual([]);
  });

  it("stands above the new conversation, until that one is left too", () => {
    const restarted = { type: "session", session: { ...SESSION, conversation: "c2" }, restarted: true } as const;
    const state = after(...gone, restarted);
    expect(state).toMatchObject({ conversation: "c2", erased: null, notice: "删掉了1份没填完的备案。" });
    const again = { ...restarted, session: { ...SESSION, conversation: "c3" } };
    expect(after(...gone, restarted, again).notice).toBeNull();
  });

  it("is made up for when the page was closed too early, not when something was said since", () => {
    expect(after(session, history(bot(1), erased)).erased).not.toBeNull();
    const later = after(session, history(bot(1), erased, user(4, "b", "你好"), bot(5)));
    expect(later.erased).toBeNull();
    expect(later.messages).toHaveLength(4);
  });
});
