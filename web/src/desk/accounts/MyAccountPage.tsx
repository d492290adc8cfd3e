import "./accounts.css";
import { type FormEvent, useState } from "react";
import { sentenceOf } from "../api";
import { moment } from "../filings/format";
import { useSession } from "../session";
import { changePassword, signOutEverywhere } from "./account";
import { words } from "./words";

const said = words.me;
const SHORTEST_PASSWORD = 10;

/** Who one is here, until when; one's own password; out everywhere. */
export default function MyAccountPage() {
  const { officer, regions, expires_at } = useSession();
  const [problem, setProblem] = useState<string | null>(null);
  const leave = () => signOutEverywhere().then(() => location.reload(), (fault: unknown) => setProblem(sentenceOf(fault)));
  return (
    <div className="mine">
      <section className="panel">
        <h2>{officer.name} <span className="badge">{words.role[officer.role]}</span></h2>
        <p>{officer.id} · {said.regions}{regions.map((one) => one.name).join("、")}</p>
        <p className="hint" data-testid="session-expires">{said.expires(moment(expires_at))}</p>
      </section>
      <PasswordForm />
      <section className="panel">
        <h2>{said.everywhere}</h2>
        <p className="hint">{said.everywhereHint}</p>
        <div role="alert">{problem && <p className="error">{problem}</p>}</div>
        <button type="button" className="button danger" data-testid="out-everywhere" onClick={() => void leave()}>{said.everywhere}</button>
      </section>
    </div>
  );
}

function PasswordForm() {
  const [present, setPresent] = useState("");
  const [next, setNext] = useState("");
  const [again, setAgain] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [isDone, setDone] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isBusy) return;
    setDone(false);
    const fault = !present ? said.missing : [...next].length < SHORTEST_PASSWORD ? said.short : next !== again ? said.differ : null;
    setProblem(fault);
    if (fault) return;
    setBusy(true);
    try {
      await changePassword(present, next);
      setDone(true);
      for (const forget of [setPresent, setNext, setAgain]) forget("");
    } catch (refused) {
      setProblem(sentenceOf(refused));
    } finally {
      setBusy(false);
    }
  };
  const { id } = useSession().officer;
  return (
    <form className="panel" onSubmit={(event) => void submit(event)} noValidate data-testid="password-form">
      <h2>{said.password}</h2>
      <input type="text" className="sr-only" name="username" autoComplete="username" value={id} readOnly tabIndex={-1} aria-hidden="true" />
      {([[said.present, present, setPresent, "current-password"], [said.next, next, setNext, "new-password"],
        [said.again, again, setAgain, "new-password"]] as const).map(([title, value, set, kind]) => (
        <label className="field" key={title}>
          <span>{title}</span>
          <input type="password" value={value} maxLength={256} autoComplete={kind} onChange={(event) => set(event.target.value)} />
        </label>
      ))}
      <p className="hint">{said.hint}</p>
      <div role="alert">{problem && <p className="error" data-testid="password-problem">{problem}</p>}</div>
      <div role="status">{isDone && <p className="notice" data-testid="password-changed">{said.changed}</p>}</div>
      <button type="submit" className="button primary" data-testid="password-send" aria-disabled={isBusy}>
        {isBusy ? said.busy : said.button}
      </button>
    </form>
  );
}
