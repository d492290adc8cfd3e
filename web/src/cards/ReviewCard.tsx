import { Card } from "@chatui/core";
import { useActions } from "../chat/actions";
import { chineseDay } from "../format";
import type { ReviewCustom } from "../protocol";
import { words } from "../words";

export function ReviewCard({ review, isActive }: { review: ReviewCustom; isActive: boolean }) {
  const { press } = useActions();
  return (
    <Card className="card" data-testid="review">
      <h3>{words.review.title}</h3>
      <dl className="facts review">
        {review.fields.map(({ slot, title, value, edit_payload }) => (
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
    </Card>
  );
}
