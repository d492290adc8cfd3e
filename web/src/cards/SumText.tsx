/** A figure with what it counts: "9,256元", "19.5%"; a clause: "二（三）", "问答6". */
const WHOLE = /(\d[\d,.]*(?:万?元|%)|[一二三四五六七八九十]+（[一二三四五六七八九十]+）\d*|问答\d+)/;

/** Text in which a sum never ends a line without its 元, nor a clause without its number. */
export function SumText({ text }: { text: string }) {
  return text.split(WHOLE).map((part, at) =>
    at % 2 === 1 ? (
      <span key={at} className="sum">
        {part}
      </span>
    ) : (
      part
    ),
  );
}
