/** One line in, answers out, without a mouse: / writes, Enter goes to the answer, 1–9 choose, c copies, r reads. */
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { type Shortcut, useShortcuts } from "../shortcuts";
import { AnswerCard } from "./AnswerCard";
import { Aloud } from "./Aloud";
import { Choices } from "./Choices";
import { copyText } from "../../copyText";
import { Problem } from "./Parts";
import { isEmpty, withChoice, withoutFact, written } from "./query";
import { Line } from "./Line";
import { Reading } from "./Reading";
import { remember } from "./recent";
import type { Answers, Card, Choice, Open } from "./types";
import { useAsked } from "./usePolicy";
import { useQuery } from "./useQuery";
import { words } from "./words";

const WAIT_MS = 120;

export function AnswersTab() {
  const { query, put, type, hidden, clear } = useQuery();
  const nothing = isEmpty(query);
  const { answer, problem, isBusy, again } = useAsked<Answers>("/answers", nothing ? null : written(query), WAIT_MS);
  const line = useRef<HTMLInputElement>(null);
  const results = useRef<HTMLDivElement>(null);
  const [aloud, setAloud] = useState<Card | null>(null);
  const [told, setTold] = useState("");
  // The keys are the first card's; where the line names several places, each card has its own buttons.
  const first = answer?.cards[0];
  // What still stands there while the next answer is on its way belongs to another line: the keys don't touch it.
  const keyed = isBusy ? undefined : first;
  const open = isBusy ? null : answer?.places ?? keyed?.open ?? null;

  useEffect(() => line.current?.focus(), []);
  useEffect(() => setTold(""), [query]);

  const copy = useCallback(async (card: Card) => {
    setTold((await copyText(card.copy_text)) ? words.copied : words.copyFailed);
  }, []);
  const choose = useCallback((choice: Pick<Choice, "fact" | "value">, of: Open) => {
    put(withChoice(query, of, choice));
    results.current?.focus();
  }, [put, query]);
  const pick = useCallback((topic: string) => put({ ...query, topic }), [put, query]);
  const startAnew = useCallback(() => {
    clear();
    line.current?.focus();
  }, [clear]);
  const goToAnswer = useCallback(() => {
    remember(query.q);
    results.current?.focus();
  }, [query.q]);

  const keys = useMemo<Shortcut[]>(() => [
    { key: "/", says: words.keys.focus, run: () => line.current?.select() },
    { key: "Escape", says: words.keys.clear, run: startAnew },
    ...(keyed ? [
      { key: "c", says: words.keys.copy, run: () => void copy(keyed) },
      { key: "r", says: words.keys.aloud, run: () => setAloud(keyed) },
    ] : []),
    ...(open?.choices ?? []).map((one) => ({
      key: one.key, says: `${words.keys.choose}：${one.title}`, run: () => open && choose(one, open),
    })),
  ], [keyed, open, copy, choose, startAnew]);
  useShortcuts(aloud ? NO_KEYS : keys);

  return (
    <>
      <Line
        ref={line} query={query} put={put} type={type} suggestions={answer?.suggestions ?? []} onTopic={pick} onEnter={goToAnswer}
        onClear={startAnew}
      />
      {hidden && <p className="notice" role="status">{words.hidden}</p>}
      {problem && <Problem text={problem} again={again} />}
      {nothing && <Begin onPick={type} />}
      <div
        ref={results} tabIndex={-1} className="results" role="region" aria-label={words.card} aria-busy={isBusy}
        data-testid="desk-answers"
      >
        {answer && <Reading answer={answer} query={query} put={put} onDrop={(fact) => put(withoutFact(query, fact))} />}
        {answer?.urgent && <p className="error" role="alert">{answer.urgent}</p>}
        {answer?.places && <div className="panel"><Choices open={answer.places} choose={choose} /></div>}
        {answer && answer.cards.length === 0 && !answer.places && <p className="empty">{words.nothing}</p>}
        <div className={answer && answer.cards.length > 1 ? "side-by-side" : undefined}>
          {answer?.cards.map((card) => (
            <AnswerCard
              key={`${card.topic}${card.place}`} card={card} choose={choose} takesKeys={card === first}
              onCopy={() => void copy(card)} onAloud={() => setAloud(card)} onTopic={pick}
              offered={answer.suggestions.map((one) => one.topic)}
            />
          ))}
        </div>
        <p role="status" className="told">{told}</p>
      </div>
      {aloud && <Aloud card={aloud} onClose={() => setAloud(null)} />}
    </>
  );
}

const NO_KEYS: readonly Shortcut[] = [];

function Begin({ onPick }: { onPick: (line: string) => void }) {
  return (
    <div className="empty">
      <p>{words.begin}</p>
      <p className="examples">
        {words.examples.map((one) => (
          <button key={one} type="button" className="button" onClick={() => onPick(one)}>{one}</button>
        ))}
      </p>
    </div>
  );
}
