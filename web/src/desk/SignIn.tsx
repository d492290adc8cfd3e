import { type FormEvent, useEffect, useRef, useState } from "react";
import { sentenceOf } from "./api";
import { type Session, signIn } from "./session";
import { words } from "./words";

interface Props {
  notice?: string;
  onIn: (session: Session) => void;
}

export function SignIn({ notice, onIn }: Props) {
  const [id, setId] = useState("");
  const [password, setPassword] = useState("");
  const [isShown, setShown] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const idField = useRef<HTMLInputElement>(null);
  const passwordField = useRef<HTMLInputElement>(null);
  useEffect(() => idField.current?.focus(), []);

  const refuse = (message: string, field: HTMLInputElement | null) => {
    setProblem(message);
    field?.focus();
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isBusy) return;
    if (!id.trim()) return refuse(words.signIn.idEmpty, idField.current);
    if (!password) return refuse(words.signIn.passwordEmpty, passwordField.current);
    setBusy(true);
    setProblem(null);
    try {
      onIn(await signIn(id.trim(), password));
    } catch (fault) {
      setBusy(false);
      setPassword("");
      refuse(sentenceOf(fault), passwordField.current);
    }
  };
  return (
    <main className="alone">
      <h1>{words.title}</h1>
      {notice && <p className="notice" role="status">{notice}</p>}
      <form className="panel sign-in" onSubmit={(event) => void submit(event)} aria-label={words.signIn.title} noValidate>
        <label className="field">
          <span>{words.signIn.id}</span>
          <input ref={idField} value={id} autoComplete="username" autoCapitalize="none" spellCheck={false} maxLength={64}
            data-testid="desk-id" onChange={(event) => setId(event.target.value)} />
        </label>
        <label className="field">
          <span>{words.signIn.password}</span>
          <input ref={passwordField} type={isShown ? "text" : "password"} value={password} maxLength={256}
            autoComplete="current-password" data-testid="desk-password"
            onChange={(event) => setPassword(event.target.value)} />
        </label>
        <label className="check">
          <input type="checkbox" checked={isShown} onChange={(event) => setShown(event.target.checked)} />
          {words.signIn.show}
        </label>
        <div role="alert">{problem && <p className="error" data-testid="desk-sign-in-problem">{problem}</p>}</div>
        <button type="submit" className="button primary" data-testid="desk-sign-in" aria-disabled={isBusy}>
          {isBusy ? words.signIn.busy : words.signIn.button}
        </button>
        <p className="hint">{words.signIn.forgot}</p>
      </form>
    </main>
  );
}
