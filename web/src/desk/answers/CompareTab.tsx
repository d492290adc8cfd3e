/** One topic in up to four regions, side by side, for the same case. */
import { useId, useState } from "react";
import { Aloud } from "./Aloud";
import { AnswerCard } from "./AnswerCard";
import { copyText } from "../../copyText";
import { VisitDay } from "./Fields";
import { Problem } from "./Parts";
import { readQuery, withChoice, written } from "./query";
import type { Card, Comparison } from "./types";
import { useAsked, usePolicy } from "./usePolicy";
import { useParams } from "./useParams";
import { words } from "./words";

const MOST = 4;
const NATIONAL = "000000";

export function CompareTab() {
  const [params, set] = useParams("answers/compare");
  const policy = usePolicy();
  const topicField = useId();
  const [told, setTold] = useState("");
  const [aloud, setAloud] = useState<Card | null>(null);
  const query = readQuery(params);
  const regions = (params.get("regions") ?? "").split(",").filter(Boolean);
  const facts = written(query).facts;
  const asked = query.topic && regions.length > 0
    ? { topic: query.topic, regions: regions.join(","), facts, on: query.on } : null;
  const { answer, problem, again, isBusy } = useAsked<Comparison>("/compare", asked);
  const places = [...(policy?.regions ?? []), { code: NATIONAL, name: words.compare.national }];
  const turn = (code: string, isOn: boolean) => {
    setTold("");
    if (isOn && regions.length === MOST) setTold(words.compare.most);
    else set({ regions: (isOn ? [...regions, code] : regions.filter((one) => one !== code)).join(",") });
  };
  return (
    <>
      <div className="panel toolbar">
        <div className="field">
          <label htmlFor={topicField}>{words.compare.topic}</label>
          <select
            id={topicField} data-testid="desk-compare-topic" value={query.topic ?? ""}
            onChange={(event) => set({ topic: event.target.value, facts: "" })}
          >
            <option value="" />
            {policy?.topics.map((one) => <option key={one.topic} value={one.topic}>{one.title}</option>)}
          </select>
        </div>
        <fieldset className="pick">
          <legend>{words.compare.regions}</legend>
          {places.map((one) => (
            <label key={one.code} className="check">
              <input
                type="checkbox" checked={regions.includes(one.code)} data-testid={`desk-compare-${one.code}`}
                onChange={(event) => turn(one.code, event.target.checked)}
              />
              {one.name}
            </label>
          ))}
        </fieldset>
        <VisitDay value={query.on ?? ""} onChange={(value) => set({ on: value })} />
      </div>
      <Chosen facts={query.facts} onClear={() => set({ facts: "" })} />
      <p role="status" className="told">{told}</p>
      {problem && <Problem text={problem} again={again} />}
      {!asked && <p className="empty">{words.compare.begin}</p>}
      <div className="side-by-side" aria-busy={isBusy}>
        {answer?.cards.map((card) => (
          <AnswerCard
            key={`${card.place}${card.topic}`} card={beside(card)} takesKeys={false}
            choose={(choice, of) => set({ facts: written(withChoice(query, of, choice)).facts ?? "" })}
            onCopy={() => void copyText(card.copy_text).then((done) => setTold(done ? words.copied : words.copyFailed))}
            onAloud={() => setAloud(card)}
          />
        ))}
      </div>
      {aloud && <Aloud card={aloud} onClose={() => setAloud(null)} />}
    </>
  );
}

/** Here there is no line to name a place in, and who doesn't know sees the other columns all the same. */
function beside(card: Card): Card {
  if (!card.open) return card;
  const input = card.open.input === "region" ? "choice" : card.open.input;
  return { ...card, open: { ...card.open, input, choices: card.open.choices.filter((one) => one.fact !== "unknown") } };
}

function Chosen({ facts, onClear }: { facts: Readonly<Record<string, string>>; onClear: () => void }) {
  if (Object.keys(facts).length === 0) return null;
  return <p><button type="button" className="button" onClick={onClear}>{words.compare.clearFacts}</button></p>;
}
