import { describe, expect, it } from "vitest";
import { byLine, classWords, LARGEST_BYTES, problemOfFile } from "../src/bill/checks";
import { isLongBill } from "../src/bill/pasted";
import type { ReadBill } from "../src/bill/protocol";
import { BillProblem, sendBill } from "../src/bill/send";
import { tidyMessage } from "../src/chat/tidy";

const READ: ReadBill = { rows: [], errors: [], sums: [], notes: [], payload: null, title: "用这份账单算" };
const file = new File(["项目,金额"], "三月 明细.csv");
const { signal } = new AbortController();

const answer = (status: number, body: unknown) => async () => new Response(JSON.stringify(body), { status });
const problemOf = (post: Parameters<typeof sendBill>[2]) =>
  sendBill(file, signal, post).then(
    () => null,
    (problem: unknown) => problem as BillProblem,
  );

describe("a bill before it is sent", () => {
  it("may be 5 MB and no more", () => {
    expect(problemOfFile({ name: "a.xlsx", size: LARGEST_BYTES })).toBeNull();
    expect(problemOfFile({ name: "a.xlsx", size: LARGEST_BYTES + 1 })).toContain("5.1 MB，最多5 MB");
  });

  it("is a table or a text, and not empty", () => {
    expect(problemOfFile({ name: "明细.CSV", size: 1 })).toBeNull();
    expect(problemOfFile({ name: "照片.jpg", size: LARGEST_BYTES * 2 })).toContain("“照片.jpg”读不了");
    expect(problemOfFile({ name: "a.txt", size: 0 })).toContain("什么都没有");
  });
});

describe("a bill that is sent", () => {
  it("goes as it is, under its own name", async () => {
    const sent: [string, RequestInit][] = [];
    await sendBill(file, signal, async (path, request) => {
      sent.push([path, request]);
      return new Response(JSON.stringify(READ));
    });
    const [path, request] = sent[0] as [string, RequestInit];
    expect(path).toBe("/chat/bill");
    expect(decodeURIComponent((request.headers as Record<string, string>)["X-File-Name"] ?? "")).toBe("三月 明细.csv");
    expect(new TextDecoder().decode(request.body as ArrayBuffer)).toBe("项目,金额");
  });

  it("is what the server read", async () => {
    expect(await sendBill(file, signal, answer(200, READ))).toEqual(READ);
  });

  it("that is refused says so in the server's words, and isn't offered again", async () => {
    expect(await problemOf(answer(422, { message: "没有金额那一列。" }))).toMatchObject({
      message: "没有金额那一列。",
      canRetry: false,
    });
  });

  it("that met a fault or no network can be sent again", async () => {
    expect(await problemOf(answer(503, { message: "正忙。" }))).toMatchObject({ message: "正忙。", canRetry: true });
    expect(await problemOf(answer(502, "<html>"))).toMatchObject({ canRetry: true });
    expect(await problemOf(answer(200, {}))).toMatchObject({ canRetry: true });
    const offline = await problemOf(async () => Promise.reject(new TypeError("Failed to fetch")));
    expect(offline?.message).toContain("网络断了");
    expect(offline?.canRetry).toBe(true);
  });
});

describe("a bill that was read", () => {
  it("has its faults by line, then what is about none", () => {
    const faults = [9, null, 5, 12].map((line) => ({ line, message: `第${line}行` }));
    expect(byLine(faults).map((fault) => fault.line)).toEqual([5, 9, 12, null]);
  });

  it("says how much of an item is paid first", () => {
    const row = { line: 2, name: "CT平扫", amount: "300.00" };
    expect(classWords({ ...row, class_title: "乙类", class_b_rate: "0.05" })).toBe("乙类 先付5%");
    expect(classWords({ ...row, class_title: "乙类", class_b_rate: "0.145" })).toBe("乙类 先付14.5%");
    expect(classWords({ ...row, class_title: "甲类", class_b_rate: null })).toBe("甲类");
  });
});

describe("a pasted bill", () => {
  const row = "CT平扫\t300.00\t乙类";

  it("keeps its tabs and lines, also an empty first cell", () => {
    expect(tidyMessage(`\n \n\t300\t乙类\r\n${row}\n\n`)).toBe(`\t300\t乙类\n${row}`);
    expect(tidyMessage("  要不要备案 \n")).toBe("要不要备案");
    expect(tidyMessage(" \n\t\n")).toBe("");
  });

  it("goes as a file when it is too long for a message", () => {
    expect(isLongBill(Array(200).fill(row).join("\n"))).toBe(true);
    expect(isLongBill(Array(20).fill(row).join("\n"))).toBe(false);
    expect(isLongBill(Array(100).fill("我父亲住院了，情况是这样的，请您帮我看看怎么办才好呢。").join("\n"))).toBe(false);
  });
});
