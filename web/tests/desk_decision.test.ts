import { expect, test } from "vitest";
import { keyFor } from "../src/desk/filings/useDecision";

test("the same request goes out under the same key, another one under a new key", () => {
  const first = keyFor(null, "confirm 1");
  expect(first.key).toMatch(/^[0-9a-f]{32}$/);
  expect(keyFor(first, "confirm 1").key).toBe(first.key);
  expect(keyFor(first, "return 1").key).not.toBe(first.key);
});
