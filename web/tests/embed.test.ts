import { describe, expect, it } from "vitest";
import { eventOf } from "../src/embed/protocol";
import { contrastWithWhite, inkOn, themeOf } from "../src/embed/theme";

const rgb = (hex: string) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)) as [number, number, number];

describe("a site's colour", () => {
  it.each(["#0a7", "#00aa77", "#fe0", "#ffffff", "#123456", "#F00"])("%s becomes dark enough to be read", (colour) => {
    const theme = themeOf(colour);
    expect(contrastWithWhite(rgb(theme["--brand"] ?? ""))).toBeGreaterThanOrEqual(4.5);
    expect(contrastWithWhite(rgb(theme["--brand-ink"] ?? ""))).toBeGreaterThanOrEqual(7);
  });

  it("that is dark already stays as it is", () => expect(themeOf("#123456")["--brand"]).toBe("#123456"));

  it.each(["", "green", "#12", "#12345g", "url(x)", "#000;}"])("%s is none", (text) => {
    expect(themeOf(text)).toEqual({});
    expect(inkOn(text)).toBeNull();
  });

  it("carries the ink that is read better", () => {
    expect(inkOn("#fe0")).toBe("#000");
    expect(inkOn("#004020")).toBe("#fff");
  });
});

describe("a message between page and site", () => {
  const known = ["ready", "answered"] as const;

  it("is heard when it is ours and known", () =>
    expect(eventOf({ source: "yidi-assistant", event: "ready" }, known)).toBe("ready"));

  it.each([null, 5, "ready", {}, { event: "ready" }, { source: "other", event: "ready" }, { source: "yidi-assistant", event: "close" }])(
    "is left aside: %j",
    (data) => expect(eventOf(data, known)).toBeNull(),
  );
});
