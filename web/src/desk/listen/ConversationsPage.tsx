/** A caller's conversation, by the code they read out: followed while it goes on, nothing can be said or pressed. */
import "./listen.css";
import { type FormEvent, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { get, sentenceOf } from "../api";
import { useSession } from "../session";
import { useShortcuts } from "../shortcuts";
import type { Reading } from "./protocol";
import { ReadRecord } from "./ReadRecord";
import { Said } from "./Said";
import { clock } from "./times";
import { useFollowed } from "./useFollowed";
import { listenWords } from "./words";

const words = listenWords.conversations;

export default function ConversationsPage() {
  const { officer } = useSession();
  const { followed, isLost, over, openByCode, openAgain, close } = useFollowed();
  const [readings, setReadings] = useState<Reading[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const refresh = useCallback(async () => {
    const found = await get<{ readings: Reading[] }>("/conversations").catch(() => null);
    if (found) setReadings(found.readings);
  }, []);
  const current = followed?.reading.reading_id;
  useEffect(() => void refresh(), [refresh, current]);
  useEffect(() => field.current?.focus(), []);
  useShortcuts(useMemo(() => [{ key: "/", says: words.code, run: () => field.current?.focus() }], []));

  const attempt = async (step: () => Promise<void>) => {
    setProblem(null);
    try {
      await step();
    } catch (fault) {
      setProblem(sentenceOf(fault));
    }
  };
  const others = readings.filter((one) => one.reading_id !== current);
  return (
    <>
      <CodeForm field={field} onOpen={(code) => attempt(() => openByCode(code))} onProblem={setProblem} />
      <div role="alert">{problem && <p className="error" data-testid="listen-problem">{problem}</p>}</div>
      {over && <p className="notice" role="status" data-testid="listen-over">{over}</p>}
      {others.length > 0 && (
        <section className="panel" aria-label={words.list}>
          <h2>{words.list}</h2>
          <ul className="readings">
            {others.map((one) => (
              <li key={one.reading_id}>
                <button type="button" className="button" onClick={() => void attempt(() => openAgain(one))}>
                  {words.since(clock(one.opened_at))}
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      {followed && <Said followed={followed} isLost={isLost} onClose={() => void attempt(close)} />}
      {!followed && !over && others.length === 0 && <p className="empty" data-testid="listen-empty">{words.empty}</p>}
      {officer.role === "admin" && <ReadRecord key={current ?? "none"} />}
    </>
  );
}

interface FormProps {
  field: React.RefObject<HTMLInputElement>;
  onOpen: (code: string) => Promise<void>;
  onProblem: (problem: string) => void;
}

function CodeForm({ field, onOpen, onProblem }: FormProps) {
  const [code, setCode] = useState("");
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isBusy) return;
    if (!code.trim()) {
      onProblem(words.codeEmpty);
      field.current?.focus();
      return;
    }
    setBusy(true);
    await onOpen(code.trim());
    setBusy(false);
    setCode("");
    field.current?.focus();
  };
  return (
    <form className="panel listen-form" onSubmit={(event) => void submit(event)} noValidate>
      <div className="toolbar listen-code">
        <label className="field">
          <span>{words.code}</span>
          <input ref={field} value={code} inputMode="numeric" autoComplete="off" maxLength={20} aria-describedby="code-hint"
            data-testid="listen-code" onChange={(event) => setCode(event.target.value)} />
        </label>
        <button type="submit" className="button primary" data-testid="listen-open" aria-disabled={isBusy}>
          {isBusy ? words.opening : words.open}
        </button>
      </div>
      <p className="hint" id="code-hint">{words.hint}</p>
    </form>
  );
}
