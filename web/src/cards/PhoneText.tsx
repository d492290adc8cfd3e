import { SumText } from "./SumText";

/** A landline with its area code, or one of the two public hotlines. "12345元" is a sum. */
const NUMBER = /\b(0\d{2,3}-\d{7,8}|12393|12345)(?![\d.,%元万-])/;

/** Text in which phone numbers can be tapped and sums stay whole. */
export function PhoneText({ text }: { text: string }) {
  return text.split(new RegExp(NUMBER, "g")).map((part, at) =>
    at % 2 === 1 ? (
      <a key={at} className="phone" href={`tel:${part}`}>
        {part}
      </a>
    ) : (
      <SumText key={at} text={part} />
    ),
  );
}
