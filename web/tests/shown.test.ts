import { describe, expect, it } from "vitest";
import { askShown, ShownProblem } from "../src/shown/ask";
import { words } from "../src/words";

const DRAFT = { fields: [{ slot: "phone", title: "联系电话", value: "13812345678" }], seconds: 60 };
const answering = (body: unknown, status = 200) => async () => new Response(JSON.stringify(body), { status });
const ask = (fetching: typeof fetch) => askShown(new AbortController().signal, fetching);

describe("what was typed", () => {
  it("is asked for past every cache", async () => {
    const asked: RequestInit[] = [];
    const fetching: typeof fetch = async (_, how) => {
      asked.push(how ?? {});
      return new Response(JSON.stringify(DRAFT));
    };
    expect(await ask(fetching)).toEqual(DRAFT);
    expect(asked[0]).toMatchObject({ method: "POST", cache: "no-store", credentials: "same-origin" });
  });

  it("is refused in the server's words, or in ours where it has none", async () => {
    await expect(ask(answering({ message: "这份备案已经交了。" }, 409))).rejects.toThrow("已经交了");
    await expect(ask(answering("?", 500))).rejects.toThrow(words.shown.failed);
    await expect(ask(answering({ fields: "?" }))).rejects.toThrow(words.shown.failed);
    await expect(ask(async () => new Response("<html>"))).rejects.toBeInstanceOf(ShownProblem);
    await expect(ask(() => Promise.reject(new TypeError("offline")))).rejects.toThrow(words.shown.failed);
  });

  it("isn't waited for when the card goes", async () => {
    const leaving = new AbortController();
    const never: typeof fetch = (_, how) =>
      new Promise((_resolve, reject) => how?.signal?.addEventListener("abort", () => reject(new DOMException("gone", "AbortError"))));
    const asked = askShown(leaving.signal, never);
    leaving.abort();
    await expect(asked).rejects.toBeInstanceOf(ShownProblem);
  });
});
