import { createContext, useContext, useEffect, useMemo, useState } from "react";
import { words } from "../words";
import { type Reading, Speaker } from "./speaker";

export interface ReadingAloud {
  reading: Reading;
  read: (key: string, text: string) => void;
  pause: () => void;
  goOn: () => void;
  stop: () => void;
}

/** Null where the browser can't speak. */
export const SpeakerContext = createContext<ReadingAloud | null>(null);

export const useReadingAloud = () => useContext(SpeakerContext);

/** The one voice of the page; it is silent when the page is left. */
export function useSpeaker(onProblem: (message: string) => void): ReadingAloud | null {
  const [reading, setReading] = useState<Reading>(null);
  const speaker = useMemo(() => {
    if (!("speechSynthesis" in window) || !("SpeechSynthesisUtterance" in window)) return null;
    return new Speaker({
      voice: window.speechSynthesis,
      newUtterance: (text) => new SpeechSynthesisUtterance(text),
      onChange: setReading,
      onProblem: (problem) => onProblem(words.speech[problem]),
    });
  }, [onProblem]);
  useEffect(() => {
    if (!speaker) return;
    const silence = () => speaker.stop();
    window.addEventListener("pagehide", silence);
    return () => {
      window.removeEventListener("pagehide", silence);
      silence();
    };
  }, [speaker]);
  return useMemo(
    () =>
      speaker && {
        reading,
        read: (key, text) => speaker.read(key, text),
        pause: () => speaker.pause(),
        goOn: () => speaker.goOn(),
        stop: () => speaker.stop(),
      },
    [speaker, reading],
  );
}
