import { useState } from "react";
import { sentenceOf } from "../api";
import { type Access, accesses, type Filing, type Happening } from "./filing";
import { moment } from "./format";
import { words } from "./words";

/** What happened to a filing, oldest first. */
export function Timeline({ filing, of }: { filing: Filing; of: readonly Happening[] }) {
  const titles = new Map(filing.mendable.map((one) => [one.field, one.title]));
  return (
    <ol className="timeline">
      {of.map((one, index) => (
        <li key={index}>
          <strong>{one.title}</strong> <span className="hint">{moment(one.at)} · {words.detail.actor(one.actor)}</span>
          {one.reason && <p>{one.reason}</p>}
          {one.fields.length > 0 && <p>{words.detail.toMend(one.fields.map((name) => titles.get(name) ?? name).join("、"))}</p>}
        </li>
      ))}
    </ol>
  );
}

/** Who has seen the filing in clear; read when it is opened. Shown to those who decide. */
export function Audit({ no }: { no: string }) {
  const [found, setFound] = useState<Access[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const load = (isOpen: boolean) => {
    if (!isOpen) return setFound(null); // somebody may look meanwhile
    accesses(no).then((answer) => setFound(answer.accesses), (fault: unknown) => setProblem(sentenceOf(fault)));
  };
  return (
    <details onToggle={(event) => load(event.currentTarget.open)} data-testid="filing-audit">
      <summary>{words.audit.title}</summary>
      {problem && <p className="error" role="alert">{problem}</p>}
      {!found && !problem && <p className="hint">{words.audit.loading}</p>}
      {found?.length === 0 && <p className="hint">{words.audit.none}</p>}
      <ul className="timeline">
        {found?.map((one, index) => (
          <li key={index}>
            {words.audit.line(one.actor, one.action_title)} <span className="hint">{moment(one.at)}</span>
            {one.reason_title && <p>{one.reason_title}{one.note && `：${one.note}`}</p>}
          </li>
        ))}
      </ul>
    </details>
  );
}
