import { type FormEvent, useRef, useState } from "react";
import { sentenceOf } from "../api";
import type { Region, Role } from "../session";
import type { Account } from "./account";
import { words } from "./words";

const said = words.add;
const ROLES: readonly Role[] = ["agent", "officer", "admin"];
export const ALL = "*";

interface Props {
  regions: readonly Region[];
  /** The account whose role is changed; nothing for a new one. */
  of?: Account;
  onSend: (given: { id: string; name: string; role: Role; regions: readonly string[] }) => Promise<void>;
  onCancel?: () => void;
}

/** Who somebody is and what they may do where. */
export function AccountForm({ regions, of, onSend, onCancel }: Props) {
  const [id, setId] = useState("");
  const [name, setName] = useState("");
  const [role, setRole] = useState<Role>(of?.role ?? "officer");
  const [chosen, setChosen] = useState<readonly string[]>(of?.has_all_regions ? [ALL] : (of?.regions.map((one) => one.code) ?? []));
  const [problem, setProblem] = useState<string | null>(null);
  const busy = useRef(false);
  const mayAll = role !== "officer";
  const given = mayAll && chosen.includes(ALL) ? [ALL] : chosen.filter((code) => code !== ALL);
  const tick = (code: string) => setChosen(chosen.includes(code) ? chosen.filter((one) => one !== code) : [...chosen, code]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy.current) return;
    if (!of && (!id.trim() || !name.trim())) return setProblem(said.missing);
    if (given.length === 0) return setProblem(said.noRegion);
    busy.current = true;
    setProblem(null);
    try {
      await onSend({ id: id.trim(), name: name.trim(), role, regions: given });
      setId("");
      setName("");
      setChosen([]);
    } catch (fault) {
      setProblem(sentenceOf(fault));
    } finally {
      busy.current = false;
    }
  };
  return (
    <form className="panel" onSubmit={(event) => void submit(event)} noValidate data-testid="account-form">
      <h2>{of ? said.edit(of.id) : said.title}</h2>
      {!of && (
        <>
          <label className="field">
            <span>{said.id}</span>
            <input value={id} maxLength={32} autoComplete="off" autoCapitalize="none" spellCheck={false}
              data-testid="account-id" onChange={(event) => setId(event.target.value)} />
            <small className="hint">{said.idHint}</small>
          </label>
          <label className="field">
            <span>{said.name}</span>
            <input value={name} maxLength={30} autoComplete="off" data-testid="account-name"
              onChange={(event) => setName(event.target.value)} />
          </label>
        </>
      )}
      <label className="field">
        <span>{said.role}</span>
        <select value={role} data-testid="account-role" onChange={(event) => setRole(event.target.value as Role)}>
          {ROLES.map((one) => <option key={one} value={one}>{words.role[one]}：{said.roleHint[one]}</option>)}
        </select>
      </label>
      <fieldset>
        <legend>{said.regions}</legend>
        {mayAll && <Tick code={ALL} title={said.all} chosen={chosen} onTick={tick} />}
        {!given.includes(ALL) && regions.map((one) => (
          <Tick key={one.code} code={one.code} title={one.name} chosen={chosen} onTick={tick} />
        ))}
      </fieldset>
      <div role="alert">{problem && <p className="error" data-testid="account-problem">{problem}</p>}</div>
      <button type="submit" className="button primary" data-testid="account-send">{of ? said.save : said.button}</button>{" "}
      {onCancel && <button type="button" className="button" onClick={onCancel}>{said.cancel}</button>}
    </form>
  );
}

interface TickProps {
  code: string;
  title: string;
  chosen: readonly string[];
  onTick: (code: string) => void;
}

const Tick = ({ code, title, chosen, onTick }: TickProps) => (
  <label className="check">
    <input type="checkbox" checked={chosen.includes(code)} onChange={() => onTick(code)} />
    {title}
  </label>
);
