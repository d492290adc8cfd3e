import { useId, useState } from "react";
import { UNKNOWN } from "./form";
import type { Field, Option } from "./protocol";
import { costDeskWords as words } from "./words";

export interface FieldProps {
  field: Field;
  value: string;
  fault?: string;
  /** What the server understood, where that is not what was written. */
  hint?: string;
  onChange: (value: string) => void;
}

/** One field with what is wrong with it right below. */
export function FieldInput(props: FieldProps) {
  const id = useId();
  const { field, fault, hint } = props;
  const note = fault ?? hint ?? (field.kind === "rate" ? words.percentHint : undefined);
  const shared = {
    id,
    "data-testid": `cost-field-${field.name}`,
    "aria-invalid": fault ? true : undefined,
    "aria-describedby": note ? `${id}-note` : undefined,
  };
  return (
    <div className="field cost-field">
      <label htmlFor={id}>{field.title}</label>
      <Control {...props} shared={shared} />
      {note && (
        <p id={`${id}-note`} className={fault ? "cost-fault" : "hint"} data-testid={fault && `cost-fault-${field.name}`}>
          {note}
        </p>
      )}
    </div>
  );
}

type Shared = Record<string, unknown>;

function Control({ field, value, onChange, shared }: FieldProps & { shared: Shared }) {
  if (field.kind === "choice") return <Choice field={field} value={value} onChange={onChange} shared={shared} />;
  if (field.kind === "place") return <Place field={field} value={value} onChange={onChange} shared={shared} />;
  if (field.kind === "day") {
    return <input {...shared} type="date" value={value} onChange={(event) => onChange(event.target.value)} />;
  }
  return (
    <input {...shared} value={value} inputMode="decimal" autoComplete="off" maxLength={20} className="cost-sum"
      onChange={(event) => onChange(event.target.value)} />
  );
}

function Choice({ field, value, onChange, shared }: FieldProps & { shared: Shared }) {
  return (
    <select {...shared} value={value} onChange={(event) => onChange(event.target.value)}>
      <option value="">{words.untold}</option>
      {field.options.map((one) => (
        <option key={String(one.value)} value={String(one.value)}>{optionTitle(one)}</option>
      ))}
      {field.may_be_unknown && <option value={UNKNOWN}>{words.unknown}</option>}
    </select>
  );
}

export const optionTitle = ({ title, note }: Option) => (note ? `${title}（${note}）` : title);

/** Taken when it is left or Enter is pressed: half a name is no place. */
function Place({ field, value, onChange, shared }: FieldProps & { shared: Shared }) {
  const [draft, setDraft] = useState<string | null>(null);
  const list = useId();
  const take = () => {
    if (draft !== null && draft !== value) onChange(draft);
    setDraft(null);
  };
  return (
    <>
      <input {...shared} value={draft ?? value} list={field.options.length > 0 ? list : undefined} maxLength={40}
        placeholder={words.placeHint} autoComplete="off" onBlur={take}
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={(event) => event.key === "Enter" && !event.nativeEvent.isComposing && take()} />
      {field.options.length > 0 && (
        <datalist id={list}>
          {field.options.map((one) => <option key={String(one.value)} value={one.title} />)}
        </datalist>
      )}
    </>
  );
}
