import { Card } from "@chatui/core";
import type { ReceiptCustom } from "../protocol";
import { words } from "../words";
import { CopyNumber } from "./CopyNumber";
import { DocumentLinks } from "./DocumentLinks";
import { statusText } from "./statusText";

export function ReceiptCard({ receipt }: { receipt: ReceiptCustom }) {
  const status = statusText(receipt);
  return (
    <Card className="card" data-testid="receipt">
      <h3>{words.receipt.title}</h3>
      <dl className="facts">
        <dt>{words.receipt.number}</dt>
        <dd>
          <CopyNumber number={receipt.filing_no} />
        </dd>
        {status && (
          <>
            <dt>{words.receipt.status}</dt>
            <dd>{status}</dd>
          </>
        )}
      </dl>
      <DocumentLinks url={receipt.document_url} />
    </Card>
  );
}
