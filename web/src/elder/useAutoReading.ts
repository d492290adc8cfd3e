import { useEffect, useRef } from "react";
import { spokenSince } from "../speech/spoken";
import type { ReadingAloud } from "../speech/useSpeaker";
import type { ChatState } from "../state";

/** Reads each new reply of the tab that is looked at, and is silent as soon as the person says something. */
export function useAutoReading(state: ChatState, aloud: ReadingAloud | null, isOn: boolean): void {
  const readUpTo = useRef<number | null>(null);
  const voice = useRef(aloud);
  useEffect(() => {
    voice.current = aloud;
  }, [aloud]);

  const { lastSeq, restoredSeq, messages } = state;
  useEffect(() => {
    const from = Math.max(readUpTo.current ?? 0, restoredSeq ?? lastSeq);
    readUpTo.current = restoredSeq === null ? null : lastSeq;
    if (!isOn || lastSeq <= from || document.visibilityState !== "visible") return;
    const text = spokenSince(messages, from);
    if (text) voice.current?.read(`auto-${lastSeq}`, text);
  }, [isOn, lastSeq, restoredSeq, messages]);

  const isSaying = messages.some(({ delivery }) => delivery === "pending");
  useEffect(() => {
    if (isSaying) voice.current?.stop();
  }, [isSaying]);
}
