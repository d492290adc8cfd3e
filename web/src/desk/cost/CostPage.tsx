/** A bill and its case on the left, what it comes to on the right, other cases beside it below. */
import "../../styles/tables.css";
import "../../styles/warning.css";
import "../../styles/cost.css";
import "./cost.css";
import { useEffect, useMemo, useRef, useState } from "react";
import { plain } from "../../cost/money";
import type { CostCustom } from "../../cost/protocol";
import { settlementsOf, shares } from "../../cost/shares";
import { useShortcuts } from "../shortcuts";
import { goTo } from "./Asked";
import { Columns } from "./Columns";
import { CostForm } from "./CostForm";
import { bodyOf, EMPTY, type Written } from "./form";
import { PrintHead } from "./PrintHead";
import { Result } from "./Result";
import { Tools } from "./Tools";
import { useColumns } from "./useColumns";
import { type Reckoned, useEstimate, useForm } from "./useEstimate";
import { costDeskWords as words } from "./words";

export default function CostPage() {
  const [written, setWritten] = useState<Written>(EMPTY);
  const [before, setBefore] = useState<Written | null>(null);
  const { columns, add, keep, remove, clear } = useColumns();
  const { form, problem } = useForm(written.values.insured_region ?? "", written.values.admitted_on ?? "");
  const fields = form?.fields ?? null;
  const reckoned = useEstimate(written, fields, columns);
  const { estimate, comparison, faults } = reckoned;
  const isOpened = form !== null;
  useEffect(() => {
    if (isOpened) goTo("insured_region");
  }, [isOpened]);

  const keepNow = () => fields && keep(bodyOf(written, fields));
  const empty = () => {
    setBefore(written);
    setWritten(EMPTY);
    clear();
    goTo("insured_region");
  };
  const set = (name: string, value: string) => setWritten((was) => ({ ...was, values: { ...was.values, [name]: value } }));
  useKeys({ keepNow, empty });
  if (!form) return <p className={problem ? "error" : "empty"} role="status">{problem ?? words.working}</p>;
  return (
    <>
      <div className="cost-page">
        <div className="cost-form-side">
          <CostForm form={form} written={written} matters={estimate?.matters ?? null} faults={faults}
            asked={estimate?.missing.map((one) => one.name) ?? []} understood={estimate?.case ?? []} onChange={setWritten} />
          {estimate?.cost && <Jump cost={estimate.cost} />}
        </div>
        <section className="panel cost-result" aria-label={words.result} aria-busy={reckoned.isStale} data-testid="cost-result"
          data-stale={reckoned.isStale}>
          <PrintHead form={form} estimate={estimate} />
          <Tools text={reckoned.isStale || written === EMPTY ? "" : (estimate?.text ?? "")} onClear={empty}
            onUndo={before && (() => { setWritten(before); setBefore(null); })} />
          <Problem reckoned={reckoned} other={problem} />
          {estimate && written !== EMPTY && <Result estimate={estimate} onPick={set} />}
          {written === EMPTY && <p className="empty">{words.start}</p>}
        </section>
      </div>
      {estimate?.cost && (
        <Columns estimate={estimate} comparison={comparison} columns={columns} order={form.sheet}
          onAdd={add} onKeep={keepNow} onRemove={remove} />
      )}
    </>
  );
}

/** On a phone the result lies below the form: what it comes to, and the way there. */
function Jump({ cost }: { cost: CostCustom }) {
  const [first, ...others] = settlementsOf(cost);
  const said = others.length > 0 ? words.jumpSeveral : words.jump(shares(cost.total, first, plain).patient);
  const go = () => document.querySelector("[data-testid=cost-result]")?.scrollIntoView();
  return <button type="button" className="cost-jump" data-testid="cost-jump" onClick={go}>{said}</button>;
}

function Problem({ reckoned: { problem, faults }, other }: { reckoned: Reckoned; other: string | null }) {
  const isMarked = Object.keys(faults).length > 0;
  const said = isMarked ? words.mend : (problem ?? other);
  return <div role="status">{said && <p className="notice" data-testid="cost-problem">{said}</p>}</div>;
}

/** The page's keys; what they do is looked up when they are pressed. */
function useKeys(acts: { keepNow: () => void; empty: () => void }) {
  const latest = useRef(acts);
  useEffect(() => {
    latest.current = acts;
  });
  useShortcuts(useMemo(() => [
    { key: "/", says: words.keys.first, run: () => goTo("insured_region") },
    { key: "k", says: words.keys.keep, run: () => latest.current.keepNow() },
    { key: "n", says: words.keys.clear, run: () => latest.current.empty() },
  ], []));
}
