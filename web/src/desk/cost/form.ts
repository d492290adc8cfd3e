/** From what is written in the form to what the server is sent, and back to the field that it complains of. Pure. */
import type { Changes, Field, Preset } from "./protocol";
import { costDeskWords as words } from "./words";

/** A choice that says: the person does not know. */
export const UNKNOWN = "?";
export const MOST_COLUMNS = 4;

export interface Line {
  amount: string;
  percent: string;
}

export interface Written {
  /** By field name; a choice is the text of its value. Empty: nobody told. */
  values: Readonly<Record<string, string>>;
  lines: readonly Line[];
  sheet: Readonly<Record<string, string>>;
}

export const EMPTY: Written = { values: {}, lines: [], sheet: {} };

/** A column: the whole form as it was, or only what differs from the form as it is. */
export type Column =
  | { id: number; title: string; changes: Changes }
  | { id: number; title: string; whole: Changes };

export type Faults = Readonly<Record<string, string>>;

const PERCENT = /^(\d{1,3})(\.\d{1,2})?%?$/;

/** "80" → "0.8"; null for what is no share. */
export function rateOf(percent: string): string | null {
  const text = percent.normalize("NFKC").trim();
  const share = PERCENT.test(text) ? Math.round(parseFloat(text) * 100) : NaN;
  return share >= 0 && share <= 10_000 ? String(share / 10_000) : null;
}

/** What is written as the server takes it, fields that the form does not have left out. */
export function bodyOf(written: Written, fields: readonly Field[]): Changes {
  const body: Changes = {};
  const skipped: string[] = [];
  for (const field of fields) {
    const text = (written.values[field.name] ?? "").trim();
    if (text === UNKNOWN) skipped.push(field.name);
    else if (text) body[field.name] = told(field, text);
  }
  const lines = written.lines.filter((line) => line.amount.trim());
  if (lines.length > 0) body.class_b_lines = lines.map(asLine);
  const sheet = Object.entries(written.sheet).filter(([, text]) => text.trim());
  if (sheet.length > 0) body.sheet = Object.fromEntries(sheet.map(([name, text]) => [name, text.trim()]));
  if (skipped.length > 0) body.skipped = skipped;
  return body;
}

function told(field: Field, text: string): unknown {
  if (field.kind === "choice") return field.options.find((one) => String(one.value) === text)?.value ?? text;
  return field.kind === "rate" ? (rateOf(text) ?? text) : text;
}

function asLine({ amount, percent }: Line) {
  return percent.trim() ? { amount: amount.trim(), rate: rateOf(percent) ?? percent } : { amount: amount.trim() };
}

/** What is wrong before anybody is asked: shares are written in percent here and nowhere else. */
export function ownFaults(written: Written): Faults {
  const faults: Record<string, string> = {};
  const own = written.values.own_rate?.trim();
  if (own && rateOf(own) === null) faults.own_rate = words.badPercent;
  written.lines.forEach((line, at) => {
    if (line.percent.trim() && rateOf(line.percent) === null) faults[`class_b_lines.${at}.rate`] = words.badPercent;
    if (line.percent.trim() && !line.amount.trim()) faults[`class_b_lines.${at}.amount`] = words.noAmount;
  });
  return faults;
}

/** The server's faults by field; those of an empty line before it moved its number. */
export function faultsOf(details: Record<string, unknown>, written: Written): Faults {
  const faults = (details.faults ?? {}) as Record<string, string>;
  const places = written.lines.flatMap((line, at) => (line.amount.trim() ? [at] : []));
  return Object.fromEntries(
    Object.entries(faults).map(([name, said]) => [
      name.replace(/^base\./, "").replace(/^class_b_lines\.(\d+)/, (whole, at) => `class_b_lines.${places[Number(at)] ?? whole}`),
      said,
    ]),
  );
}

/** What a column changes in the base: all of it where it is a form of its own, what is not in it untold. */
export function changesOf(column: Column, base: Changes): Changes {
  if ("changes" in column) return column.changes;
  const untold = Object.fromEntries(Object.keys(base).map((name) => [name, null]));
  return { ...untold, ...column.whole };
}

/** Fields to show: what matters to the case, is written, or is asked for. */
export function shownFields(fields: readonly Field[], matters: readonly string[] | null, values: Written["values"]): Field[] {
  return fields.filter(({ name }) => !matters || matters.includes(name) || values[name]);
}

/** The presets that no column shows yet. */
export function openPresets(presets: readonly Preset[], columns: readonly Column[]): Preset[] {
  return presets.filter((one) => !columns.some((column) => column.title === one.title));
}
