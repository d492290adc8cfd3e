/** The lines asked lately: in memory only, gone with the page. */
const MOST = 8;
let lines: readonly string[] = [];

export const recentLines = () => lines;

/** A line that is typed on replaces its own beginning: 威海 备 is no query once 威海 备案 was. */
export function remember(line: string) {
  const text = line.trim();
  if (!text) return;
  lines = [text, ...lines.filter((one) => one !== text && !text.startsWith(one))].slice(0, MOST);
}

export function forgetAll() {
  lines = [];
}
