import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { Message } from "../messages";

const NEAR_PX = 160;
const MARGIN_PX = 12;
/** Less than this is the end of a bubble: no question, no button. */
const HIDDEN_PX = 60;

/**
 * Where the list stands.
 *
 * Own messages always come into view. A reply does when the person is at the end of
 * the list, and then from its first line: a long answer isn't shown from its end.
 * Who is reading further up stays there and sees how many messages are new.
 */
export function useScroll(messages: Message[], isTyping: boolean) {
  const failed = messages.filter((message) => message.delivery === "failed").length;
  const scroller = useRef<HTMLDivElement>(null);
  const isNear = useRef(true);
  const seen = useRef<Set<string>>(new Set());
  const [isAway, setAway] = useState(false);
  const [missed, setMissed] = useState(0);

  const onScroll = useCallback(() => {
    const list = scroller.current;
    if (!list) return;
    const below = list.scrollHeight - list.scrollTop - list.clientHeight;
    isNear.current = below < NEAR_PX;
    setAway(below > HIDDEN_PX);
    if (isNear.current) setMissed(0);
  }, []);

  const toBottom = () => {
    scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
    scroller.current?.focus({ preventScroll: true });
  };

  useLayoutEffect(() => {
    const list = scroller.current;
    const fresh = messages.filter((message) => !seen.current.has(message.key));
    const isFirst = seen.current.size === 0;
    seen.current = new Set(messages.map((message) => message.key));
    if (!list || fresh.length === 0) return;
    const isOwn = fresh.some((message) => message.from === "user");
    const replies = fresh.filter((message) => message.from === "bot");
    if (isFirst || isOwn || isNear.current) show(list, isFirst ? undefined : replies[0]);
    else setMissed((count) => count + replies.length);
    onScroll();
  }, [messages, onScroll]);

  useLayoutEffect(() => {
    const list = scroller.current;
    if (list && (isTyping || failed > 0) && isNear.current) list.scrollTop = list.scrollHeight;
  }, [isTyping, failed]);

  useEffect(() => {
    const list = scroller.current;
    if (!list || !("ResizeObserver" in window)) return;
    const observer = new ResizeObserver(() => {
      // An empty page begins with its first line.
      if (isNear.current && seen.current.size > 0) list.scrollTop = list.scrollHeight;
      if (list.contains(document.activeElement) && document.activeElement !== list) {
        document.activeElement?.scrollIntoView({ block: "nearest" });
      }
    });
    observer.observe(list);
    return () => observer.disconnect();
  }, []);

  return { scroller, onScroll, missed, isAway, toBottom };
}

function show(list: HTMLElement, first: Message | undefined) {
  const end = list.scrollHeight - list.clientHeight;
  const row = first && list.querySelector<HTMLElement>(`[data-key="${CSS.escape(first.key)}"]`);
  list.scrollTop = row ? Math.min(end, row.offsetTop - MARGIN_PX) : end;
}
