import { describe, expect, it } from "vitest";
import { Speaker, type Reading, type Voice } from "../src/speech/speaker";

type Utterance = SpeechSynthesisUtterance;

function setUp(langs: string[] = ["en-US", "zh-CN"]) {
  const said: Utterance[] = [];
  const readings: Reading[] = [];
  const problems: string[] = [];
  const end = (error?: string) => {
    const last = said[said.length - 1] as Utterance;
    if (error) last.onerror?.({ error } as SpeechSynthesisErrorEvent);
    else last.onend?.({} as SpeechSynthesisEvent);
  };
  const voice: Voice = {
    speak: (utterance) => void said.push(utterance),
    cancel: () => said.length && end("canceled"),
    getVoices: () => langs.map((lang, at) => ({ lang, localService: at > 1 }) as SpeechSynthesisVoice),
  };
  const speaker = new Speaker({
    voice,
    newUtterance: (text) => ({ text }) as Utterance,
    onChange: (reading) => readings.push(reading),
    onProblem: (problem) => problems.push(problem),
  });
  return { speaker, said, end, problems, now: () => readings[readings.length - 1], texts: () => said.map(({ text }) => text) };
}

const TEXT = "一。二。三。";

describe("reading aloud", () => {
  it("says piece after piece in Chinese and then is silent", () => {
    const { speaker, said, end, now, texts } = setUp();
    speaker.read("a", TEXT);
    expect(now()).toEqual({ key: "a", stage: "speaking" });
    end();
    end();
    expect(texts()).toEqual(["一。", "二。", "三。"]);
    expect(said.every(({ lang, voice }) => lang === "zh-CN" && voice?.lang === "zh-CN")).toBe(true);
    end();
    expect(now()).toBeNull();
  });

  it("goes on after a pause from the piece that was broken off", () => {
    const { speaker, end, now, texts } = setUp();
    speaker.read("a", TEXT);
    end();
    speaker.pause();
    expect(now()).toEqual({ key: "a", stage: "paused" });
    speaker.goOn();
    expect(texts()).toEqual(["一。", "二。", "二。"]);
  });

  it("leaves one answer for another", () => {
    const { speaker, end, now, texts } = setUp();
    speaker.read("a", TEXT);
    speaker.read("b", "四。");
    expect(now()?.key).toBe("b");
    end();
    expect([texts(), now()]).toEqual([["一。", "四。"], null]);
  });

  it("takes a voice on the device first", () => {
    const { speaker, said } = setUp(["zh-TW", "zh-CN", "cmn-Hans-CN"]);
    speaker.read("a", TEXT);
    expect(said[0]?.voice?.lang).toBe("cmn-Hans-CN");
  });

  it("says so when there is no voice for Chinese, and tries where voices aren't told", () => {
    const mute = setUp(["en-US", "zh-HK"]);
    mute.speaker.read("a", TEXT);
    expect([mute.problems, mute.said]).toEqual([["noVoice"], []]);
    const unknown = setUp([]);
    unknown.speaker.read("a", TEXT);
    expect(unknown.said).toHaveLength(1);
  });

  it("says so when the voice fails, not when it was stopped", () => {
    const { speaker, end, problems, now } = setUp();
    speaker.read("a", TEXT);
    speaker.stop();
    expect(problems).toEqual([]);
    speaker.read("a", TEXT);
    end("audio-hardware");
    expect([problems, now()]).toEqual([["failed"], null]);
  });
});
