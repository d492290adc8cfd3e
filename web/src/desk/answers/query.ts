/** What the answers page asks for, as it stands in the address: the line, and what was chosen beside it. */
import type { Choice, Fact, Open } from "./types";
import { withoutPrivate } from "./private";

export interface Query {
  q: string;
  topic?: string;
  on?: string;
  /** Fact → value, chosen by hand. */
  facts: Readonly<Record<string, string>>;
  without: readonly string[];
  skip: readonly string[];
}

export const EMPTY: Query = { q: "", facts: {}, without: [], skip: [] };

const list = (text: string | null) => (text ? text.split(",").filter(Boolean) : []);

export function readQuery(params: URLSearchParams): Query {
  const facts = list(params.get("facts")).map((one) => one.split(":", 2)).filter(([name, value]) => name && value);
  return {
    q: withoutPrivate(params.get("q") ?? "").line,
    topic: params.get("topic") ?? undefined,
    on: params.get("on") ?? undefined,
    facts: Object.fromEntries(facts),
    without: list(params.get("without")),
    skip: list(params.get("skip")),
  };
}

/** The parameters of the address, and of the request; those that say nothing are left out. */
export function written(query: Query): Record<string, string | undefined> {
  const facts = Object.entries(query.facts).map(([name, value]) => `${name}:${value}`).join(",");
  return {
    q: query.q || undefined,
    topic: query.topic,
    on: query.on || undefined,
    facts: facts || undefined,
    without: query.without.join(",") || undefined,
    skip: query.skip.join(",") || undefined,
  };
}

export const isEmpty = (query: Query) => !query.q.trim() && !query.topic && Object.keys(query.facts).length === 0;

/**
 * Another line. What was chosen beside the old one holds while the words it was chosen for still begin the line:
 * otherwise it may be the next caller's, and nothing of the last one's may count.
 */
export function withLine(query: Query, q: string, chosenFor: string): Query {
  const holds = chosenFor !== "" && q.startsWith(chosenFor);
  return holds ? { ...query, q, topic: undefined } : { ...EMPTY, on: query.on, q };
}

/** With the choice for an open fact; "unknown" is skipped, so that the next one is asked. */
export function withChoice(query: Query, open: Open, choice: Pick<Choice, "fact" | "value">): Query {
  if (choice.fact === "unknown") return { ...query, skip: [...query.skip, open.fact] };
  const without = query.without.filter((name) => name !== choice.fact);
  return { ...query, facts: { ...query.facts, [choice.fact]: choice.value }, without };
}

/** Without a fact: a chosen one is taken back, one that was read is not counted. */
export function withoutFact(query: Query, fact: Fact): Query {
  if (fact.origin !== "chosen") return { ...query, without: [...query.without, fact.name] };
  const facts = Object.fromEntries(Object.entries(query.facts).filter(([name]) => name !== fact.name));
  return { ...query, facts };
}
