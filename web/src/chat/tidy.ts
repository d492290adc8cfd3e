/**
 * What is sent of what was typed: blank lines around it go.
 *
 * A copied table keeps its tabs and newlines, also those before its first figure:
 * an empty first cell is a column too.
 */
export function tidyMessage(typed: string): string {
  const lines = typed.replace(/\r\n?/g, "\n").replace(/^([^\S\n]*\n)+|(\n[^\S\n]*)+$/g, "");
  return lines.includes("\n") ? lines : lines.trim();
}
