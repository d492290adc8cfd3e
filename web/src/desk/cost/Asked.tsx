import { optionTitle } from "./FieldInput";
import type { Field } from "./protocol";

interface Props {
  title?: string;
  fields: readonly Field[];
  name: string;
  onPick: (name: string, value: string) => void;
}

/** Untold fields with their options to press; a field without options is gone to by its name. */
export function Asked({ title, fields, name, onPick }: Props) {
  return (
    <section className="cost-asked" data-testid={`cost-${name}`}>
      {title && <h3>{title}</h3>}
      <dl>
        {fields.map((field) => (
          <div key={field.name}>
            <dt>
              <button type="button" className="button quiet" onClick={() => goTo(field.name)}>{field.title}</button>
            </dt>
            <dd>
              {field.kind === "choice" && field.options.map((one) => (
                <button key={String(one.value)} type="button" className="button" onClick={() => onPick(field.name, String(one.value))}>
                  {optionTitle(one)}
                </button>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** Puts the cursor into the field. */
export function goTo(name: string) {
  const field = document.querySelector<HTMLElement>(`[data-testid="cost-field-${name}"]`);
  const folded = field?.closest("details");
  if (folded) folded.open = true;
  field?.focus();
}
