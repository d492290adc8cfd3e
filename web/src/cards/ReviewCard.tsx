import { Card } from "@chatui/core";
import { chineseDay } from "../format";
import { StepLine } from "../inputs/StepLine";
import { useReadingFocus } from "../inputs/useReadingFocus";
import type { ReviewCustom, ReviewField } from "./protocol";
import { ShowButton } from "../shown/ShowButton";
import { useShown } from "../shown/useShown";
import { words } from "../words";
import { ReviewLines } from "./ReviewLines";

const isPaper = ({ slot }: ReviewField) => slot.startsWith("paper:");
const isMasked = ({ value }: ReviewField) => value.includes("*");

interface Props {
  review: ReviewCustom;
  /** Its question is the open one. */
  isCurrent: boolean;
  isActive: boolean;
  isNew: boolean;
}

export function ReviewCard({ review, isCurrent, isActive, isNew }: Props) {
  const heading = useReadingFocus<HTMLHeadingElement>(isNew && isCurrent);
  const showing = useShown(isActive);
  const { shown } = showing;
  const clear = new Map(shown.stage === "shown" ? shown.lines.map(({ slot, value }) => [slot, value]) : []);
  const valueOf = ({ slot, value }: ReviewField) => clear.get(slot) ?? chineseDay(value);
  const papers = review.fields.filter(isPaper);
  return (
    <Card className="card" data-testid="review">
      <h3 ref={heading} tabIndex={-1}>
        {words.review.title}
      </h3>
      {isCurrent && <StepLine step={review.step} steps={review.steps} />}
      {isActive && review.fields.some(isMasked) && <ShowButton {...showing} />}
      <ReviewLines fields={review.fields.filter((field) => !isPaper(field))} isActive={isActive} valueOf={valueOf} />
      {papers.length > 0 && <h4>{words.review.papers}</h4>}
      <ReviewLines fields={papers} isActive={isActive} valueOf={valueOf} />
    </Card>
  );
}
