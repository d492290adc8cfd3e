/** Questions that had no answer, or one that people did not like: what to see to next. */
import "./listen.css";
import { useCallback, useEffect, useMemo, useState } from "react";
import { address, get, isAborted, sentenceOf } from "../api";
import { go, useRoute } from "../routing";
import { useSession } from "../session";
import { useShortcuts } from "../shortcuts";
import type { Questions } from "./protocol";
import { QuestionTable } from "./QuestionTable";
import { listenWords } from "./words";

const words = listenWords.questions;
const DAYS = [7, 30, 90, 400];

interface Chosen {
  kind: string;
  state: string;
  days: string;
}

function chosenIn(params: URLSearchParams): Chosen {
  const known = (name: string, among: Record<string, string>, usual: string) => {
    const value = params.get(name) ?? "";
    return value in among ? value : usual;
  };
  const days = params.get("days") ?? "";
  return {
    kind: known("kind", words.kinds, ""),
    state: known("state", words.states, "open"),
    days: DAYS.map(String).includes(days) ? days : "90",
  };
}

export default function QuestionsPage() {
  const { params } = useRoute();
  const { role } = useSession().officer;
  const { kind, state, days } = chosenIn(params);
  const [found, setFound] = useState<Questions | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [round, setRound] = useState(0);
  const again = useCallback(() => setRound((n) => n + 1), []);
  useEffect(() => {
    const giveUp = new AbortController();
    get<Questions>("/questions", { kind, state, days }, giveUp.signal).then(
      (answer) => {
        setFound(answer);
        setProblem(null);
      },
      (fault: unknown) => isAborted(fault) || setProblem(sentenceOf(fault)),
    );
    return () => giveUp.abort();
  }, [kind, state, days, round]);
  useShortcuts(useMemo(() => [{ key: "r", says: words.page, run: again }], [again]));
  const choose = (change: Partial<Chosen>) => go("questions", { kind, state, days, ...change }, true);
  return (
    <section className="panel" aria-label={words.page}>
      <div className="toolbar">
        <Choice label={words.kind} value={kind} options={{ "": words.all, ...words.kinds }} id="kind"
          onChoose={(value) => choose({ kind: value })} />
        <Choice label={words.state} value={state} options={words.states} id="state"
          onChoose={(value) => choose({ state: value })} />
        <Choice label={words.days} value={days} id="days" onChoose={(value) => choose({ days: value })}
          options={Object.fromEntries(DAYS.map((n) => [String(n), words.lastDays(n)]))} />
        {role !== "agent" && ["csv", "json"].map((format) => (
          <a key={format} className="button" data-testid={`questions-${format}`} download
            href={address("/questions/export", { kind, days, format })}>{`${words.export} ${format.toUpperCase()}`}</a>
        ))}
      </div>
      {problem && <p className="error" role="alert">{problem}</p>}
      <p className="hint" role="status" data-testid="questions-total">
        {found ? words.total(found.questions.length, found.total) : words.loading}
      </p>
      {found?.questions.length === 0 && <p className="empty" data-testid="questions-empty">{words.empty[state]}</p>}
      {found && found.questions.length > 0 && <QuestionTable questions={found.questions} onMarked={again} />}
    </section>
  );
}

interface ChoiceProps {
  id: string;
  label: string;
  value: string;
  options: Record<string, string>;
  onChoose: (value: string) => void;
}

function Choice({ id, label, value, options, onChoose }: ChoiceProps) {
  return (
    <label className="field">
      <span>{label}</span>
      <select value={value} data-testid={`questions-${id}`} onChange={(event) => onChoose(event.target.value)}>
        {Object.entries(options).map(([name, title]) => <option key={name} value={name}>{title}</option>)}
      </select>
    </label>
  );
}
