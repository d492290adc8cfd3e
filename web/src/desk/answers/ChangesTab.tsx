/** What began, ended or changed between two days. */
import { chineseDay } from "../../format";
import { DayField, RegionField } from "./Fields";
import { Problem, SourceLine } from "./Parts";
import type { Change } from "./types";
import { useAsked, usePolicy } from "./usePolicy";
import { useParams } from "./useParams";
import { words } from "./words";

const NATIONAL = "000000";

export function ChangesTab() {
  const [params, set] = useParams("answers/changes");
  const policy = usePolicy();
  const today = policy?.today ?? "";
  const from = params.get("from") ?? (today && `${Number(today.slice(0, 4)) - 1}${today.slice(4)}`.replace("02-29", "02-28"));
  const to = params.get("to") ?? today;
  const region = params.get("region") ?? "";
  const isTurned = Boolean(from && to) && to < from;
  const asked = from && to && !isTurned ? { from, to, region } : null;
  const { answer, problem, again, isBusy } = useAsked<{ changes: Change[] }>("/changes", asked);
  return (
    <>
      <div className="panel toolbar">
        <DayField title={words.changes.from} value={from} onChange={(value) => set({ from: value, to })} />
        <DayField title={words.changes.to} value={to} onChange={(value) => set({ from, to: value })} />
        <RegionField title={words.changes.region} all={words.changes.all} value={region} onChange={(value) => set({ region: value })} />
      </div>
      {isTurned && <p className="error" role="alert">{words.changes.order}</p>}
      {!isTurned && !asked && <p className="empty">{words.changes.begin}</p>}
      {problem && <Problem text={problem} again={again} />}
      {answer?.changes.length === 0 && <p className="empty" role="status">{words.changes.none}</p>}
      {answer && answer.changes.length > 0 && (
        <div className="panel table-around" aria-busy={isBusy} tabIndex={0} role="group" aria-label={words.tabs.changes}>
          <table className="table" data-testid="desk-changes">
            <thead>
              <tr>
                <th scope="col">{words.changes.on}</th>
                <th scope="col">{words.changes.what}</th>
                <th scope="col">{words.changes.old}</th>
                <th scope="col">{words.changes.now}</th>
              </tr>
            </thead>
            <tbody>{answer.changes.map((one) => <Row key={`${one.provision}${one.on}`} change={one} />)}</tbody>
          </table>
        </div>
      )}
    </>
  );
}

function Row({ change }: { change: Change }) {
  const place = change.region === NATIONAL ? words.compare.national : change.region_name;
  return (
    <tr>
      <td className="nowrap">{chineseDay(change.on)} <span className="badge">{words.changes.kind[change.kind]}</span></td>
      <td>{place} · {change.topic_title}<br />{change.title}</td>
      <td><span className="from">{words.changes.old}</span><Version version={change.old} /></td>
      <td><span className="from">{words.changes.now}</span><Version version={change.new} /></td>
    </tr>
  );
}

function Version({ version }: { version: Change["old"] }) {
  if (!version) return <span className="hint">{words.changes.nothing}</span>;
  return (
    <>
      {version.value && <p className="figure plain"><strong>{version.value}</strong></p>}
      <p className="plain">{version.says}</p>
      <p className="plain hint"><SourceLine source={version.citation} /></p>
    </>
  );
}
