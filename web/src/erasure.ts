/** What happens on the page when the person's information has been deleted. Pure. */
import type { Entry } from "./protocol";

/**
 * What was deleted, in the words of the message that says so; null when nothing was.
 *
 * What the person said after it belongs to a conversation that began afresh.
 */
export function erasedText(entries: Entry[]): string | null {
  for (const { from, custom, text } of [...entries].reverse()) {
    if (custom?.kind === "erased") return text ?? "";
    if (from === "user") return null;
  }
  return null;
}
