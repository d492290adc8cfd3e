import { FilingNumber } from "./FilingNumber";
import { SumText } from "./SumText";
import { cardWords } from "./words";

const LONGEST_PHONE = 13;

/** Text in which phone numbers can be tapped, and sums and the end of a filing number stay whole. */
export function PhoneText({ text }: { text: string }) {
  return text.split(new RegExp(cardWords.number, "g")).map((part, at) => {
    if (at % 2 === 0) return <SumText key={at} text={part} />;
    if (part.length > LONGEST_PHONE) return <FilingNumber key={at} number={part} />;
    return (
      <a key={at} className="phone" href={`tel:${part}`}>
        {part}
      </a>
    );
  });
}
