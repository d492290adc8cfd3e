import { expect, test } from "vitest";
import { masked, recognise } from "../src/desk/filings/recognise";

test.each([
  ["371000-261122-4821-0937-6", "number", "371000-261122-4821-0937-6"],
  ["371000261122482109376", "number", "371000-261122-4821-0937-6"],
  ["３７１０００－２６１１２２ 4821 0937 6", "number", "371000-261122-4821-0937-6"],
  ["37100219900101123x", "id_number", "37100219900101123X"],
  [" 371002 19900101 1237 ", "id_number", "371002199001011237"],
  ["138 1234 5678", "phone", "13812345678"],
  ["+86 138-1234-5678", "phone", "+8613812345678"],
  ["0631-5231234", "phone", "06315231234"],
])("%s is a %s", (typed, kind, value) => {
  expect(recognise(typed)).toEqual({ kind, value });
});

test.each(["", "张三", "1381234567", "371002900101123", "3710002611224821093", "371002199001011237 13812345678"])(
  "%s is nothing that can be looked for",
  (typed) => expect(recognise(typed)).toBeNull(),
);

test("what tells of a person is masked, what does not is not", () => {
  expect(masked({ kind: "id_number", value: "371002199001011237" })).toBe("371***********1237");
  expect(masked({ kind: "phone", value: "13812345678" })).toBe("138****5678");
  expect(masked({ kind: "number", value: "371000-261122-4821-0937-6" })).toBe("371000-261122-4821-0937-6");
});
