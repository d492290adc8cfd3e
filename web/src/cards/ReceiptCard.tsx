import { Card } from "@chatui/core";
import { chineseDay, chineseMoment } from "../format";
import type { ReceiptCustom } from "../protocol";
import { words } from "../words";
import { DocumentLinks } from "./DocumentLinks";
import { type Fact, Facts } from "./Facts";
import { PhoneText } from "./PhoneText";
import { StatusBadge } from "./StatusBadge";

export function ReceiptCard({ receipt }: { receipt: ReceiptCustom }) {
  const { filing_no, status, notes = [], document_url } = receipt;
  return (
    <Card className="card filing" data-testid="receipt">
      <h3>{words.receipt.titleOf[status ?? ""] ?? words.receipt.title}</h3>
      <StatusBadge filing={receipt} />
      <Facts number={filing_no} facts={factsOf(receipt)} />
      {notes.length > 0 && (
        <ul className="notes" data-testid="receipt-notes">
          {notes.map((note) => (
            <li key={note}>
              <PhoneText text={note} />
            </li>
          ))}
        </ul>
      )}
      <DocumentLinks url={document_url} />
    </Card>
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
