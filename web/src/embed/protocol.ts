/** What the page in a frame and the site around it tell each other. Nothing of what is said in it. */
export const SOURCE = "yidi-assistant";

/** From the frame: it can be talked to; something was answered; Esc was pressed in it. */
export type FrameEvent = "ready" | "answered" | "close";
/** To the frame. */
export type HostEvent = "opened" | "closed";

export interface Told<Event> {
  source: typeof SOURCE;
  event: Event;
}

/** What a message says, if it is one of ours. */
export function eventOf<Event extends string>(data: unknown, known: readonly Event[]): Event | null {
  if (typeof data !== "object" || data === null || !("source" in data) || !("event" in data)) return null;
  if (data.source !== SOURCE) return null;
  return known.find((event) => event === data.event) ?? null;
}
