import { useEffect } from "react";
import type { ChatState } from "../state";
import { hostColour, hostOrigin, isEmbedded } from "./embedded";
import { eventOf, type FrameEvent, type HostEvent, SOURCE, type Told } from "./protocol";
import { themeOf } from "./theme";

const HEARD: readonly HostEvent[] = ["opened", "closed"];

/** Tells the site around the page what happens, never what is said, and does what it asks. */
export function useHost({ link, lastSeq, restoredSeq, embedOrigins }: ChatState): void {
  const origin = isEmbedded && embedOrigins.includes(hostOrigin) ? hostOrigin : null;
  const isReady = link === "open";
  const isAnswered = restoredSeq !== null && lastSeq > restoredSeq;

  useEffect(wearColour, []);
  useEffect(() => {
    if (isReady) tell(origin, "ready");
  }, [origin, isReady]);
  useEffect(() => {
    if (isAnswered) tell(origin, "answered");
  }, [origin, isAnswered, lastSeq]);
  useEffect(() => listen(origin), [origin]);
}

function tell(origin: string | null, event: FrameEvent): void {
  const told: Told<FrameEvent> = { source: SOURCE, event };
  if (origin !== null) window.parent.postMessage(told, origin);
}

function wearColour(): void {
  if (!isEmbedded) return;
  const { style } = document.documentElement;
  document.documentElement.toggleAttribute("data-embedded", true);
  for (const [name, value] of Object.entries(themeOf(hostColour))) style.setProperty(name, value);
}

function listen(origin: string | null): () => void {
  const heard = (message: MessageEvent) => {
    if (origin === null || message.source !== window.parent || message.origin !== origin) return;
    if (eventOf(message.data, HEARD) === "opened") takeFocus();
  };
  const key = (event: KeyboardEvent) => {
    const isTaken = event.defaultPrevented || event.isComposing || document.querySelector("dialog[open]");
    if (event.key === "Escape" && !isTaken) tell(origin, "close");
  };
  window.addEventListener("message", heard);
  document.addEventListener("keydown", key);
  return () => {
    window.removeEventListener("message", heard);
    document.removeEventListener("keydown", key);
  };
}

/** On a phone the box would bring up the keyboard over what is there to read. */
function takeFocus(): void {
  const isPhone = window.matchMedia("(pointer: coarse)").matches;
  document.querySelector<HTMLElement>(isPhone ? "#log" : ".composer textarea")?.focus({ preventScroll: true });
}
