import { describe, expect, it } from "vitest";
import { cityTaken, cityTapped, isOnlyCitySaid } from "../src/city/taken";
import { after, bot, compose, history, message, SESSION, user } from "./fixtures";

const { regions } = SESSION;
const [WEIHAI] = regions;
const GAOYOU = { code: "321084", name: "高邮" };

describe("the city whose rules hold", () => {
  it("is the one the server told with the last message", () => {
    const said = [user(1, "a", "我在威海参保"), bot(2), { ...user(3, "b", "我妈是高邮的"), insured: GAOYOU }, bot(4)] as const;
    expect(cityTaken(after(history(...said)).messages)).toEqual(GAOYOU);
  });

  it("is none when the server names none any more", () => {
    const said = [{ ...user(1, "a", "我在高邮参保"), insured: GAOYOU }, user(2, "b", "重新开始")] as const;
    expect(cityTaken(after(history(...said)).messages)).toBeNull();
  });

  it("does not change before the server has heard", () => {
    const heard = history({ ...user(1, "a", "我在高邮参保"), insured: GAOYOU });
    expect(cityTaken(after(heard, compose(message("b", "我在威海参保"))).messages)).toEqual(GAOYOU);
  });
});

describe("the city that is remembered", () => {
  it("is the one that was tapped, once the server has taken it", () => {
    const taken = { ...user(1, "a", "我在威海参保"), insured: { code: "371000", name: "威海" } };
    expect(cityTapped(after(history(taken)).messages, regions)).toBe("371000");
    expect(cityTapped(after(history({ ...taken, text: "威海" })).messages, regions)).toBe("371000");
    expect(cityTapped(after(history(user(1, "a", "我在威海参保"))).messages, regions)).toBeNull();
  });

  it("is not one that was only spoken of", () => {
    const said = { ...user(1, "a", "我妈是威海参保的，要备案吗"), insured: { code: "371000", name: "威海" } };
    expect(cityTapped(after(history(said)).messages, regions)).toBeNull();
  });
});

describe("what can be done", () => {
  it("is still offered when only a city was said", () => {
    expect(isOnlyCitySaid(after(history(user(1, "a", WEIHAI?.title ?? ""), bot(2))).messages, regions)).toBe(true);
    expect(isOnlyCitySaid(after(history(user(1, "a", "备案管多久"), bot(2))).messages, regions)).toBe(false);
    expect(isOnlyCitySaid(after(history()).messages, regions)).toBe(false);
  });
});
