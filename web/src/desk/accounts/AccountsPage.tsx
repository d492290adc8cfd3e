import "./accounts.css";
import { useEffect, useRef, useState } from "react";
import { sentenceOf } from "../api";
import { moment } from "../filings/format";
import type { Region } from "../session";
import { add, type Account, type AccountEvent, events, listed, newPassword, setActive, setRole } from "./account";
import { AccountForm } from "./AccountForm";
import { AccountRow } from "./AccountRow";
import { words } from "./words";

/** Who may work at the desk: added, put out, let in again; and what happened of late. */
export default function AccountsPage() {
  const [accounts, setAccounts] = useState<Account[] | null>(null);
  const [regions, setRegions] = useState<Region[]>([]);
  const [happened, setHappened] = useState<AccountEvent[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const [password, setPassword] = useState<{ id: string; password: string } | null>(null);
  const [editing, setEditing] = useState<Account | null>(null);

  const load = async () => {
    try {
      const [found, log] = await Promise.all([listed(), events()]);
      setAccounts(found.accounts);
      setRegions(found.regions);
      setHappened(log.events);
    } catch (fault) {
      setProblem(sentenceOf(fault));
    }
  };
  useEffect(() => void load(), []);
  const change = async (step: () => Promise<{ account: Account; password?: string }>) => {
    setProblem(null);
    try {
      const done = await step();
      if (done.password) setPassword({ id: done.account.id, password: done.password });
    } catch (fault) {
      setProblem(sentenceOf(fault));
    }
    await load();
  };
  if (!accounts) return <p className={problem ? "error" : "empty"} role="status">{problem ?? words.loading}</p>;
  const { head } = words.list;
  return (
    <>
      <div role="alert">{problem && <p className="error" data-testid="accounts-problem">{problem}</p>}</div>
      {password && <Shown {...password} onClose={() => setPassword(null)} />}
      <section className="panel">
        <h2>{words.list.title}</h2>
        <div className="table-around" tabIndex={0} role="group" aria-label={words.list.title}>
          <table className="table accounts">
            <thead>
              <tr>{Object.values(head).map((title) => <th key={title} scope="col">{title}</th>)}</tr>
            </thead>
            <tbody>
              {accounts.map((one) => (
                <AccountRow key={one.id} account={one} onEdit={() => setEditing(one)}
                  onActive={(isActive) => change(() => setActive(one.id, isActive))}
                  onPassword={() => change(() => newPassword(one.id))} />
              ))}
            </tbody>
          </table>
        </div>
      </section>
      {editing ? (
        <AccountForm key={editing.id} regions={regions} of={editing} onCancel={() => setEditing(null)}
          onSend={async (given) => {
            await setRole(editing.id, given.role, given.regions);
            setEditing(null);
            await load();
          }} />
      ) : (
        <AccountForm regions={regions} onSend={async (given) => {
          const made = await add({ officer_id: given.id, name: given.name, role: given.role, regions: given.regions });
          setPassword({ id: made.account.id, password: made.password });
          await load();
        }} />
      )}
      <Events happened={happened} />
    </>
  );
}

function Shown({ id, password, onClose }: { id: string; password: string; onClose: () => void }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const [isCopied, setCopied] = useState(false);
  useEffect(() => heading.current?.focus(), [password]);
  return (
    <section className="panel new-password" data-testid="new-password">
      <h2 ref={heading} tabIndex={-1}>{words.shown.title(id)}</h2>
      <p><code data-testid="new-password-text">{password}</code></p>
      <p>{words.shown.once}</p>
      <button type="button" className="button" onClick={() => {
        navigator.clipboard?.writeText(password).then(() => setCopied(true), () => setCopied(false));
      }}>{isCopied ? words.shown.copied : words.shown.copy}</button>{" "}
      <button type="button" className="button primary" onClick={onClose}>{words.shown.close}</button>
    </section>
  );
}

function Events({ happened }: { happened: readonly AccountEvent[] }) {
  const who = (id: string) => id || words.events.machine;
  return (
    <section className="panel" data-testid="account-events">
      <h2>{words.events.title}</h2>
      {happened.length === 0 && <p className="hint">{words.events.none}</p>}
      <ul className="happened">
        {happened.map((one, index) => (
          <li key={index}>
            <span>{words.events.line(who(one.actor), one.title, one.account)}</span> <span className="hint">{moment(one.at)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
