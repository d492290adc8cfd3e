import { FilingNumber } from "./FilingNumber";
import { SumText } from "./SumText";

/** A filing number; a landline with its area code, or one of the two public hotlines. "12345元" is a sum. */
const NUMBER = /\b(\d{6}-\d{6}-\d{4}-\d{4}-\d|0\d{2,3}-\d{7,8}|12393|12345)(?![\d.,%元万-])/;
const LONGEST_PHONE = 13;

/** Text in which phone numbers can be tapped, and sums and the end of a filing number stay whole. */
export function PhoneText({ text }: { text: string }) {
  return text.split(new RegExp(NUMBER, "g")).map((part, at) => {
    if (at % 2 === 0) return <SumText key={at} text={part} />;
    if (part.length > LONGEST_PHONE) return <FilingNumber key={at} number={part} />;
    return (
      <a key={at} className="phone" href={`tel:${part}`}>
        {part}
      </a>
    );
  });
}
