import { words } from "../words";
import { useReadingAloud } from "./useSpeaker";

interface Props {
  /** Names what is read: its message. */
  id: string;
  text: string;
}

/** Reads one reply aloud; while it does, pauses, goes on, stops. Nothing where the browser has no voice. */
export function ReadAloud({ id, text }: Props) {
  const aloud = useReadingAloud();
  if (!aloud || !text) return null;
  const stage = aloud.reading?.key === id ? aloud.reading.stage : null;
  if (!stage) {
    return (
      <button type="button" className="link read" data-testid="read-aloud" onClick={() => aloud.read(id, text)}>
        {words.speech.read}
      </button>
    );
  }
  const isSpeaking = stage === "speaking";
  return (
    <span className="reading" role="group" aria-label={words.speech.readOf}>
      <button
        type="button"
        className="link read"
        data-testid={isSpeaking ? "read-pause" : "read-on"}
        onClick={isSpeaking ? aloud.pause : aloud.goOn}
      >
        {isSpeaking ? words.speech.pause : words.speech.goOn}
      </button>
      <button type="button" className="link" data-testid="read-stop" onClick={aloud.stop}>
        {words.speech.stop}
      </button>
    </span>
  );
}
