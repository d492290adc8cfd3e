import { Card } from "@chatui/core";
import { useActions } from "../chat/actions";
import { chineseDay } from "../format";
import type { ReviewCustom, ReviewField } from "../protocol";
import { words } from "../words";

const isPaper = ({ slot }: ReviewField) => slot.startsWith("paper:");

export function ReviewCard({ review, isActive }: { review: ReviewCustom; isActive: boolean }) {
  const papers = review.fields.filter(isPaper);
  return (
    <Card className="card" data-testid="review">
      <h3>{words.review.title}</h3>
      <Facts fields={review.fields.filter((field) => !isPaper(field))} isActive={isActive} />
      {papers.length > 0 && <h4>{words.review.papers}</h4>}
      <Facts fields={papers} isActive={isActive} />
    </Card>
  );
}

function Facts({ fields, isActive }: { fields: ReviewField[]; isActive: boolean }) {
  const { press } = useActions();
  if (fields.length === 0) return null;
  return (
    <dl className="facts review">
      {fields.map(({ slot, title, value, edit_payload }) => (
        <div key={slot} className="fact">
          <dt>{title}</dt>
          <dd data-testid={`review-value-${slot}`}>{chineseDay(value)}</dd>
          {edit_payload && (
            <dd>
              <button
                type="button"
                className="link"
                disabled={!isActive}
                aria-label={words.review.editOf(title)}
                data-testid={`review-edit-${slot}`}
                onClick={() => press({ title: words.review.editOf(title), payload: edit_payload })}
              >
                {words.review.edit}
              </button>
            </dd>
          )}
        </div>
      ))}
    </dl>
  );
}
