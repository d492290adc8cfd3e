import { useCallback, useEffect, useRef, useState } from "react";
import { words } from "../words";

/** The part of the browser's recognition that is used; TypeScript doesn't know it. */
interface Recognition {
  lang: string;
  interimResults: boolean;
  continuous: boolean;
  onresult: ((event: { results: ArrayLike<ArrayLike<{ transcript: string }>> }) => void) | null;
  onerror: ((event: { error: string }) => void) | null;
  onend: (() => void) | null;
  start: () => void;
  stop: () => void;
  abort: () => void;
}

type Maker = new () => Recognition;

function maker(): Maker | undefined {
  const { SpeechRecognition, webkitSpeechRecognition } = window as { SpeechRecognition?: Maker; webkitSpeechRecognition?: Maker };
  return SpeechRecognition ?? webkitSpeechRecognition;
}

/** Stopped by the person: nothing to tell. */
const SILENT = "aborted";

/** Null where the browser doesn't listen. `onHeard` gets all that was understood so far, each time. */
export function useVoiceInput(onHeard: (text: string) => void, onProblem: (message: string) => void) {
  const [isListening, setListening] = useState(false);
  const running = useRef<Recognition | null>(null);
  const heard = useRef(onHeard);
  useEffect(() => {
    heard.current = onHeard;
  }, [onHeard]);
  useEffect(() => () => running.current?.abort(), []);

  const start = useCallback(() => {
    const Made = maker();
    if (!Made || running.current) return;
    const recognition = new Made();
    recognition.lang = "zh-CN";
    recognition.interimResults = true;
    recognition.continuous = false;
    recognition.onresult = ({ results }) =>
      heard.current(Array.from(results, (result) => result[0]?.transcript ?? "").join(""));
    recognition.onerror = ({ error }) => {
      if (error !== SILENT) onProblem(words.speech.problem[error] ?? words.speech.problemElse);
    };
    recognition.onend = () => {
      running.current = null;
      setListening(false);
    };
    try {
      recognition.start();
      running.current = recognition;
      setListening(true);
    } catch {
      onProblem(words.speech.problemElse);
    }
  }, [onProblem]);
  const stop = useCallback(() => running.current?.stop(), []);
  return maker() ? { isListening, start, stop } : null;
}
