import { useActions } from "../chat/actions";
import type { ReviewField } from "./protocol";
import { words } from "../words";

interface Props {
  fields: ReviewField[];
  isActive: boolean;
  valueOf: (field: ReviewField) => string;
}

/** What was filled in, line by line, each with the way to change it. */
export function ReviewLines({ fields, isActive, valueOf }: Props) {
  const { press } = useActions();
  if (fields.length === 0) return null;
  const edit = (title: string, payload: string) => {
    // The button is about to be switched off; keep the keyboard's place in the log.
    document.getElementById("log")?.focus({ preventScroll: true });
    press({ title: words.review.editOf(title), payload });
  };
  return (
    <dl className="facts review">
      {fields.map((field) => (
        <div key={field.slot} className="fact">
          <dt>{field.title}</dt>
          <dd data-testid={`review-value-${field.slot}`}>{valueOf(field)}</dd>
          {field.edit_payload && (
            <dd>
              <button
                type="button"
                className="link"
                disabled={!isActive}
                aria-label={words.review.editOf(field.title)}
                data-testid={`review-edit-${field.slot}`}
                onClick={() => edit(field.title, field.edit_payload ?? "")}
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
