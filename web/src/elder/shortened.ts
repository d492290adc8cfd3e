/** What an answer says first in 长辈模式: the conclusion and what to do first. Pure. */

/** Characters: about four lines of large print on a small phone. */
const ROOM = 70;
const SENTENCE = /[^。！？\n]+[。！？]?\n?|\n/g;

/** The first sentences that fit, at least one, whole; all of it when little would be left over. */
export function shortened(text: string, room = ROOM): string {
  if (text.length <= room * 1.4) return text;
  const sentences = text.match(SENTENCE) ?? [];
  let first = "";
  for (const sentence of sentences) {
    if (first && first.length + sentence.length > room) break;
    first += sentence;
  }
  return first.trimEnd();
}
