import { Button } from "@chatui/core";
import { type FormEvent, useContext, useRef, useState } from "react";
import type { FieldProps } from "../inputs/AskCard";
import { useFieldFocus } from "../inputs/useFieldFocus";
import { words } from "../words";
import { FIELDS, type Lookup, type LookupField, messageOf, problemOf, shaped } from "./checks";
import { GroupedNumber } from "./GroupedNumber";
import { KeptNumber } from "./kept";
import { LookupRow } from "./LookupRow";

type Problems = Partial<Record<LookupField, string | null>>;

/** A filing is found by its number and two things that only who filed it knows; sent as one message. */
export function LookupInput({ ask, isBusy, takesFocus, onSubmit }: FieldProps) {
  const kept = useContext(KeptNumber);
  const [values, setValues] = useState<Lookup>({ filing_no: kept.current, id_last_four: "", phone: "" });
  const [problems, setProblems] = useState<Problems>({});
  const form = useRef<HTMLFormElement>(null);
  const [isKept] = useState(kept.current !== "");
  const number = useFieldFocus<HTMLInputElement>(takesFocus && !isKept);
  const lastFour = useFieldFocus<HTMLInputElement>(takesFocus && isKept);

  const change = (field: LookupField, typed: string) => {
    setValues((before) => ({ ...before, [field]: shaped(field, typed) }));
    setProblems((before) => ({ ...before, [field]: null }));
  };
  const focus = (field: LookupField) => form.current?.querySelector<HTMLElement>(`[name=${field}]`)?.focus();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = Object.fromEntries(FIELDS.map((field) => [field, problemOf(field, values[field])]));
    setProblems(found);
    const wrong = FIELDS.find((field) => found[field]);
    if (wrong) return focus(wrong);
    kept.current = values.filing_no;
    onSubmit(messageOf(values));
  };
  const fillX = () => {
    change("id_last_four", `${values.id_last_four}X`);
    focus("id_last_four");
  };
  const row = (field: LookupField) => ({ field, problem: problems[field] ?? null });
  const input = (field: LookupField) => ({
    name: field,
    value: values[field],
    autoComplete: "off",
    "aria-invalid": Boolean(problems[field]),
    "data-testid": `lookup-${field}`,
  });
  return (
    <form ref={form} className="lookup" onSubmit={submit} noValidate autoComplete="off" data-testid={`ask-${ask.slot}`}>
      <LookupRow {...row("filing_no")} hint={words.lookup.filingNoHint}>
        {(ids) => <GroupedNumber {...ids} {...input("filing_no")} inputRef={number} onTyped={(typed) => change("filing_no", typed)} />}
      </LookupRow>
      <LookupRow {...row("id_last_four")} aside={/^\d{3}$/.test(values.id_last_four) && <FillX onClick={fillX} />}>
        {(ids) => (
          <input
            {...ids}
            {...input("id_last_four")}
            ref={lastFour}
            inputMode="numeric"
            autoCapitalize="characters"
            maxLength={8}
            enterKeyHint="next"
            onChange={(event) => change("id_last_four", event.target.value)}
          />
        )}
      </LookupRow>
      <LookupRow {...row("phone")}>
        {(ids) => (
          <input
            {...ids}
            {...input("phone")}
            inputMode="tel"
            maxLength={30}
            enterKeyHint="done"
            onChange={(event) => change("phone", event.target.value)}
          />
        )}
      </LookupRow>
      <p className="quiet">{words.lookup.private}</p>
      <Button type="submit" color="primary" block disabled={isBusy} data-testid="lookup-submit">
        {words.lookup.submit}
      </Button>
    </form>
  );
}

/** The number keyboard has no X. */
function FillX({ onClick }: { onClick: () => void }) {
  return (
    <button type="button" className="link" data-testid="lookup-fill-x" onClick={onClick}>
      {words.ask.fillX}
    </button>
  );
}
