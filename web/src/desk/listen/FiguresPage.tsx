/** How many questions came, about what, what came of them, how long people waited; filings as they stand. */
import "./listen.css";
import { type FormEvent, useEffect, useMemo, useState } from "react";
import { get, isAborted, sentenceOf } from "../api";
import { go, useRoute } from "../routing";
import { Chart } from "./Chart";
import { asked, byDay, ranking, waitingByDay } from "./chartData";
import type { Figures } from "./protocol";
import { listenWords } from "./words";

const words = listenWords.figures;

export default function FiguresPage() {
  const { params } = useRoute();
  const from = params.get("from") ?? "";
  const to = params.get("to") ?? "";
  const [figures, setFigures] = useState<Figures | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    const giveUp = new AbortController();
    get<Figures>("/figures", { from, to }, giveUp.signal).then(
      (found) => {
        setFigures(found);
        setProblem(null);
      },
      (fault: unknown) => isAborted(fault) || setProblem(sentenceOf(fault)),
    );
    return () => giveUp.abort();
  }, [from, to]);
  return (
    <>
      {figures && <Period key={`${figures.from} ${figures.to}`} from={figures.from} to={figures.to} />}
      {problem && <p className="error" role="alert" data-testid="figures-problem">{problem}</p>}
      {!figures && !problem && <p className="empty" role="status">{words.loading}</p>}
      {figures && <All figures={figures} />}
    </>
  );
}

function Period({ from, to }: { from: string; to: string }) {
  const [first, setFirst] = useState(from);
  const [last, setLast] = useState(to);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    go("figures", { from: first, to: last });
  };
  return (
    <form className="panel toolbar" onSubmit={submit}>
      <label className="field">
        <span>{words.from}</span>
        <input type="date" value={first} data-testid="figures-from" onChange={(event) => setFirst(event.target.value)} />
      </label>
      <label className="field">
        <span>{words.to}</span>
        <input type="date" value={last} data-testid="figures-to" onChange={(event) => setLast(event.target.value)} />
      </label>
      <button type="submit" className="button primary" data-testid="figures-show">{words.show}</button>
    </form>
  );
}

function All({ figures }: { figures: Figures }) {
  const charts = useMemo(() => chartsOf(figures), [figures]);
  const { all, answered } = asked(figures);
  const turns = Object.values(figures.outcomes).reduce((total, count) => total + count, 0);
  const { median, slow } = figures.waiting;
  return (
    <>
      {turns === 0 && <p className="empty" data-testid="figures-empty">{words.empty}</p>}
      {turns > 0 && (
        <dl className="panel figure-heads" data-testid="figures-heads">
          <Head title={words.turns} value={String(turns)} />
          <Head title={words.answeredShare} value={words.share(answered, all)} />
          <Head title={words.outcomes.not_stated ?? ""} value={String(figures.outcomes.not_stated ?? 0)} />
          <Head title={words.outcomes.fallback ?? ""} value={String(figures.outcomes.fallback ?? 0)} />
          <Head title={words.medianWait} value={words.milliseconds(median)} />
          <Head title={words.slowWait} value={words.milliseconds(slow)} />
        </dl>
      )}
      <div className="figures">
        {charts.map((one) => <Chart key={one.title} {...one} />)}
      </div>
    </>
  );
}

function Head({ title, value }: { title: string; value: string }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd>{value}</dd>
    </div>
  );
}

/** A chart for everything there is something to show of. */
function chartsOf({ topics, regions, days, filings }: Figures) {
  const { columns } = words;
  const charts = [
    { title: words.days, first: columns.day, data: byDay(days) },
    { title: words.waiting, first: columns.day, data: waitingByDay(days) },
    { title: words.topics, first: columns.name, data: ranking(words.topics, columns.count, topics) },
    { title: words.regions, first: columns.name, data: ranking(words.regions, columns.count, regions) },
    { title: words.filingsNow, first: columns.name, data: ranking(words.filingsNow, columns.filings, filings) },
  ];
  return charts.filter((one) => one.data.names.length > 0);
}
