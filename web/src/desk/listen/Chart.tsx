import { useEffect, useRef } from "react";
import type { ChartData } from "./chartData";
import { listenWords } from "./words";

const words = listenWords.figures;
const ROW_PX = 32;
const DAYS_PX = 280;

interface Props {
  title: string;
  /** What the first column of the table is called. */
  first: string;
  data: ChartData;
}

/** A chart, and below it the same as a table. */
export function Chart({ title, first, data }: Props) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let close = () => {};
    let isGone = false;
    void import("./charts").then(({ openChart }) => {
      if (!isGone && box.current) close = openChart(box.current, data);
    });
    return () => {
      isGone = true;
      close();
    };
  }, [data]);
  const height = data.shape === "ranking" ? Math.max(data.names.length, 1) * ROW_PX + 12 : DAYS_PX;
  return (
    <section className="panel figure" aria-label={title}>
      <h2>{title}</h2>
      <div ref={box} className="figure-chart" style={{ height }} aria-hidden="true" />
      <details>
        <summary>{words.numbers}</summary>
        <div className="table-around" tabIndex={0} role="region" aria-label={title}>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{first}</th>
                {data.series.map((one) => <th key={one.title} scope="col" className="number">{one.title}</th>)}
              </tr>
            </thead>
            <tbody>
              {data.names.map((name, n) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  {data.series.map((one) => <td key={one.title} className="number">{one.values[n] ?? "–"}</td>)}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </section>
  );
}
