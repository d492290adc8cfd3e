import { type ReactNode, useState } from "react";
import { ClassBLines } from "./ClassBLines";
import { FieldInput } from "./FieldInput";
import { type Faults, shownFields, type Written } from "./form";
import type { CaseLine, Field, Form } from "./protocol";
import { costDeskWords as words } from "./words";

interface Props {
  form: Form;
  written: Written;
  matters: readonly string[] | null;
  asked: readonly string[];
  faults: Faults;
  understood: readonly CaseLine[];
  onChange: (written: Written) => void;
}

const OPEN = ["place", "case", "person", "hospital", "bill"];
const FOLDED = ["more", "classes", "year", "own"];

/** The fields in the order of asking; what is rarely told is folded away until it is asked for or filled in. */
export function CostForm(props: Props) {
  const { form, written, matters, onChange } = props;
  const shown = shownFields(form.fields, matters, written.values);
  const of = (group: string) => shown.filter((field) => field.group === group);
  const setSheet = (name: string, value: string) => onChange({ ...written, sheet: { ...written.sheet, [name]: value } });
  return (
    <form className="cost-form" aria-label={words.form} noValidate onSubmit={(event) => event.preventDefault()}>
      {OPEN.map((group) => of(group).length > 0 && (
        <fieldset key={group} className="panel">
          <legend>{words.group[group]}</legend>
          <div className="cost-fields"><Fields {...props} fields={of(group)} /></div>
        </fieldset>
      ))}
      {FOLDED.map((group) => of(group).length > 0 && (
        <Folded key={group} title={words.group[group] ?? ""} isOpen={of(group).some((one) => isWanted(one, props))} name={group}>
          <Fields {...props} fields={of(group)} />
        </Folded>
      ))}
      <Folded title={words.group.sheet ?? ""} isOpen={Object.values(written.sheet).some(Boolean)} name="sheet">
        {form.sheet.map((field) => (
          <FieldInput key={field.name} field={{ ...field, name: `sheet-${field.name}` }} value={written.sheet[field.name] ?? ""}
            fault={props.faults[`sheet.${field.name}`]} onChange={(value) => setSheet(field.name, value)} />
        ))}
      </Folded>
    </form>
  );
}

function isWanted({ name }: Field, { written, asked, faults }: Props): boolean {
  const isLines = name === "class_b_lines" && written.lines.length > 0;
  return Boolean(written.values[name]) || isLines || asked.includes(name) || Object.keys(faults).some((one) => one.startsWith(name));
}

function Fields({ fields, written, faults, understood, onChange }: Props & { fields: readonly Field[] }) {
  const set = (name: string, value: string) => onChange({ ...written, values: { ...written.values, [name]: value } });
  return fields.map((field) =>
    field.kind === "lines" ? (
      <ClassBLines key={field.name} title={field.title} lines={written.lines} faults={faults}
        onChange={(lines) => onChange({ ...written, lines })} />
    ) : (
      <FieldInput key={field.name} field={field} value={written.values[field.name] ?? ""} fault={faults[field.name]}
        hint={field.kind === "place" ? resolved(field.name, written, understood) : undefined}
        onChange={(value) => set(field.name, value)} />
    ),
  );
}

/** The full name of the place that was understood, where something else was written. */
function resolved(name: string, { values }: Written, understood: readonly CaseLine[]): string | undefined {
  const found = understood.find((line) => line.name === name)?.value;
  return values[name] && found !== values[name] ? found : undefined;
}

interface FoldedProps {
  title: string;
  name: string;
  isOpen: boolean;
  children: ReactNode;
}

/** Once it was wanted it stays open: it must not close over a cursor. */
function Folded({ title, name, isOpen, children }: FoldedProps) {
  const [wasWanted, setWanted] = useState(isOpen);
  if (isOpen && !wasWanted) setWanted(true);
  return (
    <details className="panel" open={wasWanted || undefined} data-testid={`cost-more-${name}`}>
      <summary>{title}</summary>
      <div className="cost-fields">{children}</div>
    </details>
  );
}
