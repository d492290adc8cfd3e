import { type FormEvent, useEffect, useRef, useState } from "react";
import { post, sentenceOf } from "../api";
import type { Question } from "./protocol";
import { dayAndClock } from "./times";
import { listenWords } from "./words";

const words = listenWords.questions;

interface Props {
  questions: Question[];
  onMarked: () => void;
}

export function QuestionTable({ questions, onMarked }: Props) {
  return (
    <table className="table question-table">
      <thead>
        <tr>
          <th scope="col">{words.columns.question}</th>
          <th scope="col" className="number">{words.columns.count}</th>
          <th scope="col">{words.columns.last}</th>
          <th scope="col">{words.columns.what}</th>
        </tr>
      </thead>
      <tbody>
        {questions.map((one) => <Row key={`${one.kind} ${one.subject}`} question={one} onMarked={onMarked} />)}
      </tbody>
    </table>
  );
}

function Row({ question, onMarked }: { question: Question; onMarked: () => void }) {
  const { kind, region, topic, count, last_at, texts, reasons } = question;
  const about = [region?.name, topic?.title].filter(Boolean).join(" · ");
  return (
    <tr data-testid="question">
      <td>
        <p className="question-about">
          <span className={`badge ${kind === "disliked" ? "bad" : "plain"}`}>{words.kinds[kind]}</span> <strong>{about}</strong>
        </p>
        {texts.length === 0 && <p className="hint">{words.noText}</p>}
        {texts.length > 0 && <ul className="question-texts">{texts.map((text) => <li key={text}>{text}</li>)}</ul>}
        {reasons.length > 0 && (
          <p className="hint">
            {reasons.map((one) => `${words.reasons[one.reason] ?? one.reason} ${words.times(one.count)}`).join("，")}
          </p>
        )}
      </td>
      <td className="number">{words.times(count)}</td>
      <td className="nowrap">{dayAndClock(last_at)}</td>
      <td><Marking question={question} onMarked={onMarked} /></td>
    </tr>
  );
}

function Marking({ question, onMarked }: { question: Question; onMarked: () => void }) {
  const { kind, subject, mark, asked_since } = question;
  const [isWriting, setWriting] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const send = async (done: boolean, note: string) => {
    setProblem(null);
    try {
      await post("/questions/mark", { kind, subject, done, note });
      setWriting(false);
      onMarked();
    } catch (fault) {
      setProblem(sentenceOf(fault));
    }
  };
  const stop = () => {
    setWriting(false);
    setTimeout(() => button.current?.focus());
  };
  return (
    <>
      {mark && (
        <p className="question-mark">
          <span className={`badge ${mark.is_done ? "" : "warn"}`}>{mark.is_done ? words.marked : words.reopened}</span>{" "}
          <span className="hint">{words.by(mark.officer_id, dayAndClock(mark.at))}</span>
          {mark.note && <span className="question-note">{mark.note}</span>}
          {asked_since > 0 && <span className="badge warn">{words.again(asked_since)}</span>}
        </p>
      )}
      {problem && <p className="error" role="alert">{problem}</p>}
      {isWriting ? <NoteForm onSave={(note) => void send(true, note)} onCancel={stop} /> : (
        <button ref={button} type="button" className="button" data-testid={mark?.is_done ? "question-reopen" : "question-done"}
          onClick={() => (mark?.is_done ? void send(false, "") : setWriting(true))}>
          {mark?.is_done ? words.reopen : words.done}
        </button>
      )}
    </>
  );
}

function NoteForm({ onSave, onCancel }: { onSave: (note: string) => void; onCancel: () => void }) {
  const [note, setNote] = useState("");
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSave(note);
  };
  return (
    <form className="note-form" onSubmit={submit} onKeyDown={(event) => event.key === "Escape" && onCancel()}>
      <label className="field">
        <span>{words.note}</span>
        <textarea ref={field} value={note} rows={2} maxLength={300} data-testid="question-note"
          aria-describedby="note-hint" onChange={(event) => setNote(event.target.value)} />
      </label>
      <p className="hint" id="note-hint">{words.noteHint}</p>
      <button type="submit" className="button primary" data-testid="question-save">{words.save}</button>{" "}
      <button type="button" className="button quiet" onClick={onCancel}>{words.cancel}</button>
    </form>
  );
}
