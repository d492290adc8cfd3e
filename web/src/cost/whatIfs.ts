/** Other circumstances, those with one reason together. Pure. */
import type { WhatIf } from "./protocol";
import { costWords } from "./words";

type Alike = [WhatIf, ...WhatIf[]];

/** The cases in their order; neighbours for the same reason are one group, so that it stands once. */
export function byReason(cases: readonly WhatIf[]): Alike[] {
  const groups: Alike[] = [];
  for (const one of cases) {
    const last = groups[groups.length - 1];
    if (last && one.reason && last[0].reason === one.reason) last.push(one);
    else groups.push([one]);
  }
  return groups;
}

/** "如果办了备案" → "办了备案": the head of the column says 如果. */
export function underHead(label: string): string {
  return label.startsWith(costWords.ifSo) ? label.slice(costWords.ifSo.length) : label;
}
