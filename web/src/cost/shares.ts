/** Who pays how much, with how sure that is. Pure. */
import { asSum, cents } from "./money";
import type { CostCustom, CostSettlement } from "./protocol";
import { costWords } from "./words";

/** The settlements to choose from; without any, the card's own figures are the only one. */
export function settlementsOf(cost: CostCustom): [CostSettlement, ...CostSettlement[]] {
  const { patient, fund, at_least, components } = cost;
  const [first, ...others] = cost.settlements;
  return first ? [first, ...others] : [{ label: "", patient, fund, at_least, components }];
}

/** Both shares, written by `write`: 至少… on one side is 最多… on the other, and a range is one on both. */
export function shares(total: string, settlement: CostSettlement, write: (sum: string) => string) {
  const { patient, fund, at_least, patient_high } = settlement;
  const rest = (paid: string) => write(asSum(cents(total) - cents(paid)));
  if (patient_high && cents(patient_high) > cents(patient)) {
    const { range } = costWords;
    return { patient: range(write(patient), write(patient_high)), fund: range(rest(patient_high), rest(patient)) };
  }
  if (at_least) return { patient: costWords.atLeast(write(patient)), fund: costWords.atMost(rest(patient)) };
  return { patient: write(patient), fund: write(fund) };
}
