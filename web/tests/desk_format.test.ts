import { expect, test } from "vitest";
import { day, moment, today } from "../src/desk/filings/format";

test("days and times are China's, wherever the browser stands", () => {
  expect(day("2026-12-01")).toBe("2026年12月1日");
  expect(moment("2026-11-22T16:30:00+00:00")).toBe("2026年11月23日 00:30");
  expect(today(new Date("2026-11-22T16:30:00Z"))).toBe("2026-11-23");
});
