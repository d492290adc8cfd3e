/**
 * The chat page as a button on another site: `<script src="https://…/widget.js" async></script>`.
 *
 * Everything is made and styled through the DOM, so that the site's policy needs to allow
 * neither inline scripts nor inline styles: only this script and its frame.
 */
import { eventOf, type FrameEvent, type HostEvent, SOURCE, type Told } from "../embed/protocol";
import { makeParts, type Parts } from "./parts";

const HEARD: readonly FrameEvent[] = ["ready", "answered", "close"];
const PATIENCE_MS = 15_000;
const NAME = "yidi-assistant";

function start(script: HTMLScriptElement): void {
  const server = new URL(".", script.src);
  if (document.getElementById(NAME)) return;
  const { colour = "", position = "right" } = script.dataset;
  const address = new URL(server);
  address.search = new URLSearchParams({ embed: "1", origin: location.origin, colour }).toString();
  const parts = makeParts({ name: NAME, address: address.href, elsewhere: server.href, colour, isLeft: position === "left" });
  control(parts, server.origin);
  document.body.append(parts.host);
}

function control(parts: Parts, server: string): void {
  let isOpen = false;
  let isReady = false; // before that there is nobody of ours in the frame
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tell = (event: HostEvent) => {
    const told: Told<HostEvent> = { source: SOURCE, event };
    if (isReady) parts.frame.contentWindow?.postMessage(told, server);
    announce(event);
  };
  const open = () => {
    isOpen = true;
    // Loaded when it is wanted first, and kept: the conversation goes on where it was.
    if (!parts.frame.src) {
      parts.frame.src = parts.address;
      timer = setTimeout(() => parts.showSlow(true), PATIENCE_MS);
    }
    parts.show(true);
    parts.frame.focus();
    tell("opened");
  };
  const close = () => {
    if (!isOpen) return;
    isOpen = false;
    parts.show(false);
    parts.button.focus();
    tell("closed");
  };
  parts.button.addEventListener("click", () => (isOpen ? close() : open()));
  parts.closer.addEventListener("click", close);
  parts.host.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  window.addEventListener("message", ({ source, origin, data }) => {
    if (source !== parts.frame.contentWindow || origin !== server) return;
    const event = eventOf(data, HEARD);
    if (event === "close") close();
    else if (event) announce(event);
    if (event !== "ready") return;
    clearTimeout(timer);
    parts.showSlow(false);
    // It wasn't there to hear it the first time.
    if (!isReady && isOpen) parts.frame.contentWindow?.postMessage({ source: SOURCE, event: "opened" }, server);
    isReady = true;
  });
}

/** For the site's own scripts: `addEventListener("yidi-assistant", e => e.detail.event)`. */
function announce(event: HostEvent | FrameEvent): void {
  window.dispatchEvent(new CustomEvent(NAME, { detail: { event } }));
}

const script = document.currentScript;
if (script instanceof HTMLScriptElement) {
  if (document.body) start(script);
  else document.addEventListener("DOMContentLoaded", () => start(script));
}
