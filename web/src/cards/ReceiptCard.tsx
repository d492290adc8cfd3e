import { Card } from "@chatui/core";
import type { ReceiptCustom } from "../protocol";
import { words } from "../words";
import { CopyNumber } from "./CopyNumber";
import { DocumentLinks } from "./DocumentLinks";
import { PhoneText } from "./PhoneText";
import { StatusBadge } from "./StatusBadge";

export function ReceiptCard({ receipt }: { receipt: ReceiptCustom }) {
  const { filing_no, status, notes = [], document_url } = receipt;
  return (
    <Card className="card filing" data-testid="receipt">
      <h3>{words.receipt.titleOf[status ?? ""] ?? words.receipt.title}</h3>
      <StatusBadge filing={receipt} />
      <dl className="facts">
        <dt>{words.receipt.number}</dt>
        <dd>
          <CopyNumber number={filing_no} />
        </dd>
      </dl>
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
