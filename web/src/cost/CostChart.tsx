import { useEffect, useMemo, useRef, useState } from "react";
import { words } from "../words";
import type { CostComponent, Payer } from "./protocol";
import { type Bar, waterfall } from "./waterfall";

const BAR_PX = 36;

/** Drawn when it can be; the table below says the same without it. */
export function CostChart({ total, components }: { total: string; components: CostComponent[] }) {
  const bars = useMemo(() => waterfall(total, components), [total, components]);
  return bars && bars.length > 2 ? <Drawn bars={bars} /> : null;
}

function Drawn({ bars }: { bars: Bar[] }) {
  const { box, hasFailed } = useDrawing(bars);
  if (hasFailed) return null;
  return (
    <figure className="cost-chart">
      <figcaption>
        {words.cost.chart}
        <span className="cost-legend" aria-hidden="true">
          <Key payer="patient" />
          <Key payer="fund" />
        </span>
      </figcaption>
      {/* As high as it will be, so that nothing jumps when it comes. The drawing then says its figures as its name. */}
      <div ref={box} role="img" aria-label={words.cost.chart} style={{ height: bars.length * BAR_PX }} data-testid="cost-chart" />
    </figure>
  );
}

function Key({ payer }: { payer: Payer }) {
  return <span className={`cost-key cost-key--${payer}`}>{words.cost.payer[payer]}</span>;
}

function useDrawing(bars: Bar[]) {
  const box = useRef<HTMLDivElement>(null);
  const latest = useRef(bars);
  const chart = useRef<{ draw: (bars: Bar[]) => void } | null>(null);
  const [hasFailed, setFailed] = useState(false);

  useEffect(() => {
    latest.current = bars;
    chart.current?.draw(bars);
  }, [bars]);

  useEffect(() => {
    let close: (() => void) | null = null;
    let isGone = false;
    import("./chart")
      .then(({ openChart }) => {
        if (isGone || !box.current) return;
        const opened = openChart(box.current);
        close = opened.close;
        chart.current = opened;
        opened.draw(latest.current);
      })
      .catch(() => setFailed(true));
    return () => {
      isGone = true;
      chart.current = null;
      close?.();
    };
  }, []);
  return { box, hasFailed };
}
