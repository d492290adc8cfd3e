import { useEffect, useRef } from "react";
import { useActions } from "../chat/actions";
import { words } from "../words";
import { useReadingAloud } from "./useSpeaker";
import { useVoiceInput } from "./useVoiceInput";

interface Props {
  /** What is in the message box. */
  text: string;
  onText: (text: string) => void;
}

/** Writes what is said after what is in the box, to be checked there: it isn't sent. Nothing where browsers don't listen. */
export function VoiceInput({ text, onText }: Props) {
  const { complain } = useActions();
  const aloud = useReadingAloud();
  const before = useRef("");
  const input = useVoiceInput((heard) => onText(before.current + heard), complain);
  const isListening = input?.isListening ?? false;
  const wasListening = useRef(false);
  useEffect(() => {
    // The next thing to do is in the box.
    if (wasListening.current && !isListening) document.querySelector<HTMLElement>(".composer textarea")?.focus();
    wasListening.current = isListening;
  }, [isListening]);
  if (!input) return null;
  const start = () => {
    aloud?.stop(); // or it would listen to itself
    before.current = text;
    input.start();
  };
  return (
    <>
      <button
        type="button"
        className="mic"
        aria-label={isListening ? words.speech.stopListening : words.speech.listenLabel}
        aria-pressed={isListening}
        data-testid="voice-input"
        onClick={isListening ? input.stop : start}
      >
        <Microphone />
        <span className="mic-word">{isListening ? words.speech.stopListening : words.speech.listen}</span>
      </button>
      <p className={isListening ? "listening" : "sr-only"} role="status" data-testid="listening">
        {isListening && words.speech.listening}
      </p>
    </>
  );
}

function Microphone() {
  return (
    <svg viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" strokeWidth="2" aria-hidden="true">
      <rect x="9" y="3" width="6" height="11" rx="3" />
      <path d="M5 11a7 7 0 0 0 14 0M12 18v3" />
    </svg>
  );
}
