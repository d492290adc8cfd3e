/**
 * The session of a page in another site's frame.
 *
 * Browsers send it no cookie there. It keeps a token instead, as long as the tab is open, in a storage that
 * they keep apart for each site around it; where there is none, as long as the page is.
 */
import { isEmbedded } from "./embedded";

const KEY = "session-token";
/** Says that a new one is wanted: an empty header could get lost on the way. */
const NONE = "new";
let kept = "";

function token(): string {
  try {
    return sessionStorage.getItem(KEY) ?? (kept || NONE);
  } catch {
    return kept || NONE; // Storage is switched off.
  }
}

export function keepToken(given: string | null | undefined): void {
  if (!isEmbedded || !given) return;
  kept = given;
  try {
    sessionStorage.setItem(KEY, given);
  } catch {
    // As above.
  }
}

/** What every request to the server carries besides. */
export function sessionHeaders(): Record<string, string> {
  return isEmbedded ? { "X-Session": token() } : {};
}

/** A WebSocket has no headers. */
export function sessionProtocols(): string[] {
  return isEmbedded ? ["yidi", `yidi.session.${token()}`] : [];
}
