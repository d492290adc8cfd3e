/** Whether the page is in another site's frame, and what that site asked for in the frame's address. */
function asked(): URLSearchParams | null {
  if (typeof window === "undefined" || window.parent === window) return null;
  const given = new URLSearchParams(window.location.search);
  return given.has("embed") ? given : null;
}

const given = asked();

export const isEmbedded = given !== null;

/** The site's origin as it says itself: messages sent to another than the real one don't arrive. */
export const hostOrigin = given?.get("origin") ?? "";
export const hostColour = given?.get("colour") ?? "";
