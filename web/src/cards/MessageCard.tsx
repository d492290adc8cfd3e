import { CostCard } from "../cost/CostCard";
import type { Button, Custom } from "../protocol";
import { cardActions } from "../turns";
import { FilingCard } from "./FilingCard";
import { LetterCard } from "./LetterCard";
import { ReceiptCard } from "./ReceiptCard";
import { ReviewCard } from "./ReviewCard";

interface Props {
  custom: Custom;
  /** The buttons of the message. */
  buttons?: Button[];
  /** Belongs to the assistant's latest turn. */
  isCurrent: boolean;
  isActive: boolean;
  /** Came after the page was opened. */
  isNew: boolean;
}

/** The card for a reply; nothing for kinds that are drawn elsewhere or not known here. */
export function MessageCard({ custom, buttons, isCurrent, isActive, isNew }: Props) {
  switch (custom.kind) {
    case "review":
      return <ReviewCard review={custom} isCurrent={isCurrent} isActive={isActive} isNew={isNew} />;
    case "commitment_letter":
      return <LetterCard letter={custom} isCurrent={isCurrent} isActive={isActive} isNew={isNew} />;
    case "receipt":
      return <ReceiptCard receipt={custom} isCurrent={isCurrent} isNew={isNew} />;
    case "filing":
      return <FilingCard filing={custom} actions={cardActions(custom.actions, buttons)} isActive={isActive} />;
    case "cost":
      return <CostCard cost={custom} />;
    default:
      return null;
  }
}
