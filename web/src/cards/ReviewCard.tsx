import { Card } from "@chatui/core";
import { useActions } from "../chat/actions";
import { chineseDay } from "../format";
import type { ReviewCustom } from "../protocol";
import { words } from "../words";

export function ReviewCard({ review, isActive }: { review: ReviewCustom; isActive: boolean }) {
  const { press } = useActions();
  return (
    <Card className="card" data-testid="review">
      <table className="review">
        <caption>{words.review.title}</caption>
        <thead className="sr-only">
          <tr>
            <th scope="col">{words.review.item}</th>
            <th scope="col">{words.review.value}</th>
            <th scope="col">{words.review.action}</th>
          </tr>
        </thead>
        <tbody>
          {review.fields.map(({ slot, title, value, edit_payload }) => (
            <tr key={slot}>
              <th scope="row">{title}</th>
              <td data-testid={`review-value-${slot}`}>{chineseDay(value)}</td>
              <td>
                {edit_payload && (
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
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}
