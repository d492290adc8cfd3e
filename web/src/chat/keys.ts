type Key = Pick<KeyboardEvent, "key" | "shiftKey" | "isComposing" | "keyCode">;

/**
 * Enter sends, Shift+Enter starts a line, and an Enter that picks a word in an
 * input method does neither: Safari ends the composition first, but says 229.
 */
export function isSendKey(event: Key): boolean {
  return event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229;
}
