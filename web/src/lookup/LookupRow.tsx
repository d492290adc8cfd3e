import { type ReactNode, useId } from "react";
import { words } from "../words";
import type { LookupField } from "./checks";

interface Props {
  field: LookupField;
  problem: string | null;
  hint?: string;
  aside?: ReactNode;
  /** Gets what ties the input to its label, its hint and its problem. */
  children: (ids: { id: string; "aria-describedby": string }) => ReactNode;
}

/** One of several inputs in a form: label, input, what is wrong with it. */
export function LookupRow({ field, problem, hint, aside, children }: Props) {
  const id = useId();
  const said = { hint: `${id}hint`, problem: `${id}problem` };
  const described = hint ? `${said.problem} ${said.hint}` : said.problem;
  return (
    <div className="lookup-row">
      <div className="label-row">
        <label className="label" htmlFor={id}>
          {words.lookup[field]}
        </label>
        {aside}
      </div>
      <div className="field">{children({ id, "aria-describedby": described })}</div>
      {hint && (
        <p id={said.hint} className="quiet">
          {hint}
        </p>
      )}
      <p id={said.problem} className="field-problem" role="status" data-testid={`lookup-problem-${field}`}>
        {problem}
      </p>
    </div>
  );
}
