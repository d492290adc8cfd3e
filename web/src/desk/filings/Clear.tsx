import { type FormEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { sentenceOf } from "../api";
import { clear, type ClearLine, type Reason } from "./filing";
import { words } from "./words";

const SHOWN_SECONDS = 60;
const said = words.clear;

/** What is masked (the children), in clear for a minute to who says why. Gone when another filing is opened: give it a key. */
export function Clear({ no, children }: { no: string; children: ReactNode }) {
  const [isAsking, setAsking] = useState(false);
  const [lines, setLines] = useState<ClearLine[] | null>(null);
  const [left, setLeft] = useState(0);
  const [wasShown, setWasShown] = useState(false);
  useEffect(() => {
    if (!lines) return;
    const until = Date.now() + SHOWN_SECONDS * 1000;
    const timer = setInterval(() => {
      const seconds = Math.ceil((until - Date.now()) / 1000);
      setLeft(Math.max(0, seconds));
      if (seconds <= 0) setLines(null);
    }, 250);
    return () => clearInterval(timer);
  }, [lines]);

  if (lines) {
    return (
      <section className="clear" data-testid="clear-shown">
        <p className="notice">{said.left(left)} <button type="button" className="button quiet" onClick={() => setLines(null)}
          data-testid="clear-hide">{said.hide}</button></p>
        <dl className="rows">
          {lines.map((line) => <div key={line.title}><dt>{line.title}</dt><dd>{line.value}</dd></div>)}
        </dl>
      </section>
    );
  }
  const show = (found: ClearLine[]) => {
    setAsking(false);
    setWasShown(true);
    setLeft(SHOWN_SECONDS);
    setLines(found);
  };
  return (
    <>
      {children}
      {isAsking ? <Why no={no} onShow={show} onCancel={() => setAsking(false)} /> : (
        <p>
          <button type="button" className="button" data-testid="clear-ask" onClick={() => setAsking(true)}>{said.show}</button>
          <span role="status" className="hint">{wasShown && ` ${said.hidden}`}</span>
        </p>
      )}
    </>
  );
}

interface WhyProps {
  no: string;
  onShow: (lines: ClearLine[]) => void;
  onCancel: () => void;
}

function Why({ no, onShow, onCancel }: WhyProps) {
  const [reason, setReason] = useState<Reason>("call");
  const [note, setNote] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const busy = useRef(false);
  const field = useRef<HTMLInputElement>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy.current) return;
    if (reason === "other" && note.trim().length < 2) {
      setProblem(said.noteNeeded);
      return field.current?.focus();
    }
    busy.current = true;
    try {
      onShow((await clear(no, reason, note.trim())).particulars);
    } catch (fault) {
      setProblem(sentenceOf(fault));
    } finally {
      busy.current = false;
    }
  };
  return (
    <form className="why" onSubmit={(event) => void submit(event)} data-testid="clear-why" noValidate>
      <fieldset>
        <legend>{said.why}</legend>
        {Object.entries(said.reasons).map(([code, title], index) => (
          <label className="check" key={code}>
            <input type="radio" name="reason" value={code} checked={reason === code} autoFocus={index === 0}
              onChange={() => setReason(code as Reason)} />
            {title}
          </label>
        ))}
      </fieldset>
      <label className="field">
        <span>{said.note}</span>
        <input ref={field} value={note} maxLength={100} autoComplete="off" aria-describedby="note-hint"
          onChange={(event) => setNote(event.target.value)} />
      </label>
      <p className="hint" id="note-hint">{said.noteHint}{said.logged}</p>
      <div role="alert">{problem && <p className="error">{problem}</p>}</div>
      <button type="submit" className="button primary" data-testid="clear-show">{said.confirm}</button>{" "}
      <button type="button" className="button" onClick={onCancel}>{said.cancel}</button>
    </form>
  );
}
