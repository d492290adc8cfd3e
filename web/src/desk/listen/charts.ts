/** Draws the figures. Loaded only with their page: ECharts is larger than the rest of the desk. */
import { BarChart, type BarSeriesOption, LineChart, type LineSeriesOption } from "echarts/charts";
import {
  AriaComponent, type AriaComponentOption, GridComponent, type GridComponentOption, LegendComponent,
  type LegendComponentOption,
} from "echarts/components";
import { type ComposeOption, init, use as register } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import type { ChartData } from "./chartData";

register([BarChart, LineChart, GridComponent, LegendComponent, AriaComponent, SVGRenderer]);

type Option = ComposeOption<
  BarSeriesOption | LineSeriesOption | GridComponentOption | LegendComponentOption | AriaComponentOption
>;

const INK = "#14181b";
const FONT_PX = 14;
/** Apart for every kind of colour vision, and 3:1 against white. */
const COLOURS = ["#08663a", "#0b5cad", "#b54708", "#6b6b6b"];

/** A chart of that kind that follows the width of its box. */
export function openChart(box: HTMLElement, data: ChartData) {
  const chart = init(box, null, { renderer: "svg" });
  chart.setOption(optionOf(data, getComputedStyle(box).fontFamily));
  const observer = "ResizeObserver" in window ? new ResizeObserver(() => chart.resize()) : null;
  observer?.observe(box);
  return () => {
    observer?.disconnect();
    chart.dispose();
  };
}

function optionOf(data: ChartData, fontFamily: string): Option {
  const isFlat = data.shape === "ranking";
  const names = { type: "category" as const, data: data.names, axisTick: { show: false }, axisLabel: { color: INK, fontSize: FONT_PX } };
  const values = { type: "value" as const, minInterval: 1, axisLabel: { color: INK, fontSize: FONT_PX } };
  return {
    animation: !window.matchMedia("(prefers-reduced-motion: reduce)").matches,
    animationDuration: 300,
    aria: { enabled: true, label: { description: data.summary } },
    color: COLOURS,
    textStyle: { fontFamily, fontSize: FONT_PX, color: INK },
    legend: data.series.length > 1 ? { top: 0, left: 0, selectedMode: false, textStyle: { fontSize: FONT_PX, color: INK } } : undefined,
    grid: { left: 4, right: isFlat ? 44 : 12, top: data.series.length > 1 ? 44 : 8, bottom: 4, containLabel: true },
    xAxis: isFlat ? { ...values, show: false } : names,
    yAxis: isFlat ? { ...names, inverse: true, axisLabel: { ...names.axisLabel, width: 150, overflow: "break" } } : values,
    series: data.series.map((one) => seriesOf(data, one)),
  };
}

function seriesOf(data: ChartData, { title, values }: ChartData["series"][number]): BarSeriesOption | LineSeriesOption {
  const shared = { name: title, data: values, silent: true };
  if (data.shape === "lines") return { ...shared, type: "line", symbolSize: 7 };
  if (data.shape === "stack") return { ...shared, type: "bar", stack: "day", barMaxWidth: 40 };
  return { ...shared, type: "bar", barMaxWidth: 22, label: { show: true, position: "right", color: INK, fontSize: FONT_PX } };
}
