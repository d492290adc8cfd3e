import { CostCard } from "../cost/CostCard";
import type { Custom } from "../protocol";
import { FilingCard } from "./FilingCard";
import { LetterCard } from "./LetterCard";
import { ReceiptCard } from "./ReceiptCard";
import { ReviewCard } from "./ReviewCard";

/** The card for a reply; nothing for kinds that are drawn elsewhere or not known here. */
export function MessageCard({ custom, isActive }: { custom: Custom; isActive: boolean }) {
  switch (custom.kind) {
    case "review":
      return <ReviewCard review={custom} isActive={isActive} />;
    case "commitment_letter":
      return <LetterCard letter={custom} />;
    case "receipt":
      return <ReceiptCard receipt={custom} />;
    case "filing":
      return <FilingCard filing={custom} />;
    case "cost":
      return <CostCard cost={custom} />;
    default:
      return null;
  }
}
