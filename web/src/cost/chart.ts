/** Draws the bars. Loaded only when there is a cost to show: ECharts is larger than the rest of the page. */
import { BarChart, type BarSeriesOption } from "echarts/charts";
import { AriaComponent, type AriaComponentOption, GridComponent, type GridComponentOption } from "echarts/components";
import { type ComposeOption, type EChartsType, init, use as register } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { rounded } from "./money";
import { type Bar, labelPlace, summary } from "./waterfall";

register([BarChart, GridComponent, AriaComponent, SVGRenderer]);

type Option = ComposeOption<BarSeriesOption | GridComponentOption | AriaComponentOption>;

const LABEL_WIDTH_PX = 102;
const FONT_PX = 16;
const INK = "#111";

/** White figures on the first three reach 4.5:1; orange and blue stay apart for every kind of colour vision. */
const STYLES: Record<Bar["payer"], NonNullable<BarSeriesOption["itemStyle"]>> = {
  total: { color: "#6b6b6b" },
  patient: { color: "#b54708" },
  fund: { color: "#0b5cad" },
  unknown: { color: "#fff", borderColor: "#767676", borderType: "dashed", borderWidth: 1 },
};

/** An empty chart that follows the width of its box. */
export function openChart(box: HTMLElement) {
  const chart = init(box, null, { renderer: "svg" });
  const fit = () => chart.resize();
  const observer = "ResizeObserver" in window ? new ResizeObserver(fit) : null;
  observer?.observe(box);
  return {
    draw: (bars: Bar[]) => draw(chart, box, bars),
    close() {
      observer?.disconnect();
      chart.dispose();
    },
  };
}

function draw(chart: EChartsType, box: HTMLElement, bars: Bar[]): void {
  const fontFamily = getComputedStyle(box).fontFamily;
  const option: Option = {
    animation: !window.matchMedia("(prefers-reduced-motion: reduce)").matches,
    animationDuration: 400,
    aria: { enabled: true, label: { description: summary(bars) } },
    textStyle: { fontFamily, fontSize: FONT_PX, color: INK },
    grid: { left: LABEL_WIDTH_PX + 8, right: 4, top: 0, bottom: 0 },
    xAxis: { type: "value", show: false, min: 0, max: bars[0]?.end ?? 0 },
    yAxis: {
      type: "category",
      inverse: true,
      data: bars.map((bar) => bar.title),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: "#d5d5d5" } },
      axisLabel: { interval: 0, width: LABEL_WIDTH_PX, overflow: "break", color: INK, fontSize: FONT_PX, fontFamily },
    },
    series: series(bars, fontFamily),
  };
  chart.setOption(option, true);
}

/** The floating bars stand on bars that can't be seen. */
function series(bars: Bar[], fontFamily: string): BarSeriesOption[] {
  const whole = bars[0]?.end ?? 0;
  const shared = { type: "bar", stack: "cost", silent: true, clip: false, barCategoryGap: "28%" } as const;
  const parts = bars.map((bar) => {
    const position = labelPlace(bar, whole);
    const color = position === "inside" && bar.payer !== "unknown" ? "#fff" : INK;
    const label = { position, color, formatter: rounded(bar.end - bar.start) };
    return { value: bar.end - bar.start, itemStyle: STYLES[bar.payer], label };
  });
  return [
    { ...shared, data: bars.map((bar) => bar.start), itemStyle: { color: "transparent" } },
    { ...shared, data: parts, barMinHeight: 3, label: { show: true, fontSize: FONT_PX, fontFamily } },
  ];
}
