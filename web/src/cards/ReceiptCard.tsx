import { Card } from "@chatui/core";
import { chineseDay, chineseMoment } from "../format";
import { useReadingFocus } from "../inputs/useReadingFocus";
import type { ReceiptCustom } from "./protocol";
import { words } from "../words";
import { DocumentLinks } from "./DocumentLinks";
import { type Fact, Facts } from "./Facts";
import { PhoneText } from "./PhoneText";
import { SquareCode } from "./SquareCode";
import { StatusBadge } from "./StatusBadge";

interface Props {
  receipt: ReceiptCustom;
  isCurrent: boolean;
  isNew: boolean;
}

export function ReceiptCard({ receipt, isCurrent, isNew }: Props) {
  const { filing_no, status = "", notes = [], document_url } = receipt;
  const heading = useReadingFocus<HTMLHeadingElement>(isNew && isCurrent);
  return (
    <Card className="card filing receipt" data-testid="receipt">
      <h3 ref={heading} tabIndex={-1}>
        {words.receipt.titleOf[status] ?? words.receipt.title}
      </h3>
      <StatusBadge filing={receipt} />
      <Facts number={filing_no} facts={factsOf(receipt)} />
      <Next steps={words.receipt.next[status]} notes={notes} />
      <DocumentLinks url={document_url} />
      <SquareCode url={receipt.code_url} says={receipt.code_says} number={filing_no} />
    </Card>
  );
}

/** What comes now: the same for every filing that stands so, then what the region's document asks people to see to. */
function Next({ steps = [], notes }: { steps: readonly string[] | undefined; notes: string[] }) {
  return (
    <>
      {steps.length > 0 && (
        <>
          <h4>{words.receipt.nextTitle}</h4>
          <ol className="notes" data-testid="receipt-next">
            {steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </>
      )}
      {notes.length > 0 && (
        <ul className="notes" data-testid="receipt-notes">
          {notes.map((note) => (
            <li key={note}>
              <PhoneText text={note} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function factsOf({ kind_title, treatment_region, starts_on, handed_in_at }: ReceiptCustom): Fact[] {
  return [
    ["kind_title", words.receipt.what, kind_title],
    ["treatment_region", words.filing.region, treatment_region],
    ["starts_on", words.filing.startsOn, starts_on && chineseDay(starts_on)],
    ["handed_in_at", words.receipt.handedInAt, handed_in_at && chineseMoment(handed_in_at)],
  ];
}
