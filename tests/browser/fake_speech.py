"""Stands in for the voice and the ear of a browser, which a headless one hasn't."""

from __future__ import annotations

# Speaks each piece for as long as the test wants: until `voice.finish()`.
VOICE = """
window.spoken = [];
window.voice = {
  now: null,
  finish() { const {now} = this; this.now = null; now?.onend?.({}); },
  fail(error) { const {now} = this; this.now = null; now?.onerror?.({error}); },
};
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
Object.defineProperty(window, "speechSynthesis", {value: {
  getVoices: () => [{lang: "en-US", localService: true}, {lang: "zh-CN", localService: true, name: "中文"}],
  speak(utterance) { window.voice.now = utterance; window.spoken.push(utterance.text); },
  cancel() { const {now} = window.voice; window.voice.now = null; now?.onerror?.({error: "canceled"}); },
}});
"""
NO_CHINESE_VOICE = VOICE + 'window.speechSynthesis.getVoices = () => [{lang: "en-US"}];'
# Hears what the test says: `ear.hear("…")`, `ear.fail("no-speech")`.
EAR = """
window.SpeechRecognition = window.webkitSpeechRecognition = class {
  start() { window.ear = this; }
  hear(...parts) { this.onresult({results: parts.map(transcript => [{transcript}])}); }
  stop() { this.onend(); }
  abort() { this.onerror({error: "aborted"}); this.onend(); }
  fail(error) { this.onerror({error}); this.onend(); }
};
"""
NO_EAR = "delete window.webkitSpeechRecognition; delete window.SpeechRecognition;"
