/** Reads aloud, piece by piece. Pausing stops the voice and remembers the piece: Android can't really pause. */
import { pieces } from "./speakable";

/** The parts of the browser's voice that are used. */
export type Voice = Pick<SpeechSynthesis, "speak" | "cancel" | "getVoices">;

export type Reading = { key: string; stage: "speaking" | "paused" } | null;
export type SpeakingProblem = "noVoice" | "failed";

interface Parts {
  voice: Voice;
  newUtterance: (text: string) => SpeechSynthesisUtterance;
  onChange: (reading: Reading) => void;
  onProblem: (problem: SpeakingProblem) => void;
}

const CHINESE = /^(zh|cmn)([-_](Hans|CN)|$)/i;
/** What stopping and starting anew tells the piece that was being read. */
const OURS = new Set(["canceled", "interrupted"]);

export class Speaker {
  private key = "";
  private queue: string[] = [];
  private at = 0;
  private run = 0;

  constructor(private readonly parts: Parts) {}

  /** Reads this instead of whatever is being read. `key` says later what it was. */
  read(key: string, text: string): void {
    this.stop();
    this.queue = pieces(text);
    this.key = key;
    if (!this.canSpeakChinese()) this.parts.onProblem("noVoice");
    else if (this.queue.length) this.goOn();
  }

  pause(): void {
    if (this.at >= this.queue.length) return;
    this.silence();
    this.parts.onChange({ key: this.key, stage: "paused" });
  }

  /** From the beginning of the piece that was being read. */
  goOn(): void {
    this.parts.onChange({ key: this.key, stage: "speaking" });
    this.next(++this.run);
  }

  stop(): void {
    this.silence();
    this.queue = [];
    this.at = 0;
    this.parts.onChange(null);
  }

  private silence(): void {
    this.run++;
    this.parts.voice.cancel();
  }

  private next(run: number): void {
    if (run !== this.run) return;
    const piece = this.queue[this.at];
    if (piece === undefined) return this.stop();
    const utterance = this.parts.newUtterance(piece);
    utterance.lang = "zh-CN";
    utterance.voice = this.chinese();
    utterance.onend = () => {
      if (run !== this.run) return;
      this.at++;
      this.next(run);
    };
    utterance.onerror = ({ error }) => {
      if (run !== this.run || OURS.has(error)) return;
      this.stop();
      this.parts.onProblem(error === "language-unavailable" || error === "voice-unavailable" ? "noVoice" : "failed");
    };
    this.parts.voice.speak(utterance);
  }

  /** One on the device before one that needs the network. */
  private chinese(): SpeechSynthesisVoice | null {
    const fitting = this.parts.voice.getVoices().filter(({ lang }) => CHINESE.test(lang));
    return fitting.find(({ localService }) => localService) ?? fitting[0] ?? null;
  }

  /** A list that is empty hasn't been loaded yet, or isn't told: then the browser picks by language. */
  private canSpeakChinese(): boolean {
    return this.parts.voice.getVoices().length === 0 || this.chinese() !== null;
  }
}
