/** A figure with what it counts: "9,256元", "19.5%". */
const FIGURE = /(\d[\d,.]*(?:万?元|%))/;

/** Text in which a sum never ends a line without its 元. */
export function SumText({ text }: { text: string }) {
  return text.split(FIGURE).map((part, at) =>
    at % 2 === 1 ? (
      <span key={at} className="sum">
        {part}
      </span>
    ) : (
      part
    ),
  );
}
