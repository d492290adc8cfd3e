/** The fields that the tabs have in common. */
import { useId } from "react";
import { usePolicy } from "./usePolicy";
import { words } from "./words";

interface FieldProps {
  value: string;
  onChange: (value: string) => void;
}

export function RegionField({ value, onChange, all, title }: FieldProps & { all: string; title: string }) {
  const policy = usePolicy();
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{title}</label>
      <select id={id} value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">{all}</option>
        {policy?.regions.map((one) => <option key={one.code} value={one.code}>{one.name}</option>)}
      </select>
    </div>
  );
}

export function DayField({ value, onChange, title }: FieldProps & { title: string }) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{title}</label>
      <input
        id={id} type="date" min="2000-01-01" max="2100-12-31" value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}

export const VisitDay = (props: FieldProps) => <DayField {...props} title={`${words.day}（${words.dayHint}）`} />;
