import { useReadingAloud } from "../speech/useSpeaker";
import { words } from "../words";
import { useElderMode } from "./useElder";

/** 长辈模式, and in it whether replies are read aloud by themselves, where the browser has a voice. */
export function ElderSwitches() {
  const { isOn, toggle, readsAloud, toggleReading } = useElderMode();
  const aloud = useReadingAloud();
  const stopOrStart = () => {
    if (readsAloud) aloud?.stop();
    toggleReading();
  };
  return (
    <>
      {isOn && aloud && (
        <button type="button" className="header-switch" aria-pressed={readsAloud} data-testid="auto-read" onClick={stopOrStart}>
          {words.speech.auto}
        </button>
      )}
      <button type="button" className="header-switch" aria-pressed={isOn} data-testid="elder-mode" onClick={toggle}>
        {words.elder}
      </button>
    </>
  );
}
