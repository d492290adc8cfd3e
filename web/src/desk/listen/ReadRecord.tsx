import { useEffect, useState } from "react";
import { get, isAborted, sentenceOf } from "../api";
import type { RecordLine } from "./protocol";
import { dayAndClock } from "./times";
import { listenWords } from "./words";

const words = listenWords.conversations;

/** For administrators: who opened which conversation, and how it ended. */
export function ReadRecord() {
  const [record, setRecord] = useState<RecordLine[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    const giveUp = new AbortController();
    get<{ record: RecordLine[] }>("/readings", {}, giveUp.signal).then(
      (found) => setRecord(found.record),
      (fault: unknown) => isAborted(fault) || setProblem(sentenceOf(fault)),
    );
    return () => giveUp.abort();
  }, []);
  return (
    <section className="panel" aria-labelledby="record-title" data-testid="listen-record">
      <h2 id="record-title">{words.record}</h2>
      {problem && <p className="error" role="alert">{problem}</p>}
      {record?.length === 0 && <p className="empty">{words.recordEmpty}</p>}
      {record && record.length > 0 && (
        <div className="table-around" tabIndex={0} role="region" aria-labelledby="record-title">
          <table className="table record">
            <thead>
              <tr>
                <th scope="col">{words.columns.at}</th>
                <th scope="col">{words.columns.who}</th>
                <th scope="col">{words.columns.event}</th>
                <th scope="col">{words.columns.conversation}</th>
              </tr>
            </thead>
            <tbody>
              {record.map((line, n) => (
                <tr key={n}>
                  <td className="nowrap">{dayAndClock(line.at)}</td>
                  <td>{line.officer_id}</td>
                  <td>{words.events[line.event] ?? line.event}</td>
                  <td>{line.conversation}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
