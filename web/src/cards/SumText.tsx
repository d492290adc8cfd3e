import { cardWords } from "./words";

/** Text in which a sum never ends a line without its 元, nor a clause without its number; a day stays whole. */
export function SumText({ text }: { text: string }) {
  return text.split(cardWords.whole).map((part, at) =>
    at % 2 === 1 ? (
      <span key={at} className="sum">
        {part}
      </span>
    ) : (
      part
    ),
  );
}
