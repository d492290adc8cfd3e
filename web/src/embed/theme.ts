/** The site's colour on our page, dark enough to be read. Pure. */
type Rgb = [red: number, green: number, blue: number];

const ON_WHITE = 4.5;
const AS_TEXT = 7;

/** Names and values of the variables of styles/base.css; none for what is no colour. */
export function themeOf(colour: string): Record<string, string> {
  const rgb = parsed(colour);
  if (!rgb) return {};
  return { "--brand": written(darkened(rgb, ON_WHITE)), "--brand-ink": written(darkened(rgb, AS_TEXT)), "--brand-soft": written(light(rgb)) };
}

/** Black or white, whichever is read better on it; null for what is no colour. */
export function inkOn(colour: string): "#000" | "#fff" | null {
  const rgb = parsed(colour);
  return rgb && (contrastWithWhite(rgb) >= ON_WHITE ? "#fff" : "#000");
}

/** "#0a7" or "#00aa77" */
function parsed(colour: string): Rgb | null {
  const match = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(colour.trim());
  if (!match?.[1]) return null;
  const digits = match[1].length === 3 ? match[1].replace(/./g, "$&$&") : match[1];
  const at = (from: number) => parseInt(digits.slice(from, from + 2), 16);
  return [at(0), at(2), at(4)];
}

function darkened(rgb: Rgb, contrast: number): Rgb {
  let dark = rgb;
  while (contrastWithWhite(dark) < contrast) dark = dark.map((part) => Math.floor(part * 0.95)) as Rgb;
  return dark;
}

const light = (rgb: Rgb) => rgb.map((part) => Math.round(255 - (255 - part) * 0.12)) as Rgb;

/** As WCAG reckons it. */
export function contrastWithWhite(rgb: Rgb): number {
  const [red, green, blue] = rgb.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05);
}

const written = (rgb: Rgb) => `#${rgb.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
