/** One answer, dense: conclusion, what to do, clause and year, exceptions, what is still open. */
import { chineseDay } from "../../format";
import { Choices } from "./Choices";
import { ProvisionFacts, Sources } from "./Parts";
import type { Card, Choice, Open, Provision } from "./types";
import { words } from "./words";

interface Props {
  card: Card;
  choose: (choice: Pick<Choice, "fact" | "value">, of: Open) => void;
  /** Whether the number keys choose for this card. */
  takesKeys: boolean;
  onCopy: () => void;
  onAloud: () => void;
  onTopic?: (topic: string) => void;
  /** Topics that are offered elsewhere on the page. */
  offered?: readonly string[];
}

const RECKONED = "cost_estimate"; // has a page of its own
const BADGE = { decided: "", needs: "warn", not_stated: "plain", not_in_force: "bad", no_pack: "bad" } as const;

export function AnswerCard({ card, choose, takesKeys, onCopy, onAloud, onTopic, offered = [] }: Props) {
  const where = card.place ?? card.region_name;
  const provisions = card.steps.length > 0 ? card.steps : card.overview ? [card.overview] : [];
  const next = onTopic ? card.next.filter((one) => one.topic !== RECKONED && !offered.includes(one.topic)) : [];
  const inShort = sourceLine(card);
  const todo = card.basis.filter((line) => line !== inShort && !card.warnings.includes(line));
  return (
    <article className="panel answer" data-testid="desk-card" data-topic={card.topic} data-status={card.status}>
      <header>
        <h2>{where && <span className="where">{where}</span>} {card.title}</h2>
        {words.status[card.status] && <span className={`badge ${BADGE[card.status]}`}>{words.status[card.status]}</span>}
        <span className="hint nowrap">{words.asOf(chineseDay(card.on))}</span>
      </header>
      <p className="conclusion" data-testid="desk-conclusion">{card.conclusion || words.open}</p>
      {card.general && <p><span className="hint">{words.general}：</span>{card.general}</p>}
      {card.open && <Choices open={card.open} choose={choose} takesKeys={takesKeys} />}
      {todo.length > 0 && (
        <section aria-label={words.toDo}>
          <ul className="to-do">{todo.map((line) => <li key={line}>{line}</li>)}</ul>
        </section>
      )}
      {card.may_differ_by.length > 0 && <p className="hint">{words.mayDiffer(card.may_differ_by.join("、"))}</p>}
      {card.citations.length > 0 && (
        <section className="cited">
          <h3>{words.sources}</h3>
          <Sources sources={card.citations} />
        </section>
      )}
      {card.warnings.map((line) => <p key={line} className="notice">{line}</p>)}
      <div className="doing">
        <button type="button" className="button" data-testid="desk-copy" onClick={onCopy}>
          {words.copy} {takesKeys && <kbd>c</kbd>}
        </button>
        <button type="button" className="button" data-testid="desk-aloud" onClick={onAloud}>
          {words.aloud} {takesKeys && <kbd>r</kbd>}
        </button>
      </div>
      {provisions.length > 0 && (
        <details>
          <summary>{words.more}</summary>
          {provisions.map((one) => <Fine key={one.provision} provision={one} />)}
          {card.principle && <Fine provision={card.principle} title={words.principle} />}
        </details>
      )}
      {next.length > 0 && (
        <p className="next">
          <span className="hint">{words.next}：</span>
          {next.map((one) => (
            <button key={one.topic} type="button" className="button quiet" onClick={() => onTopic?.(one.topic)}>{one.title}</button>
          ))}
        </p>
      )}
    </article>
  );
}

function Fine({ provision, title }: { provision: Provision; title?: string }) {
  return (
    <section className="fine">
      <h3>{title ?? provision.title}{!provision.is_stated && <span className="badge plain">{words.notStated}</span>}</h3>
      {provision.detail && <p>{provision.detail}</p>}
      {provision.note && <p>{words.notes}：{provision.note}</p>}
      <ProvisionFacts provision={provision} />
    </section>
  );
}

/** The line of the answer that names its sources in short: the list below says the same in full. */
function sourceLine(card: Card): string | undefined {
  return card.basis.find((line) => card.citations.length > 0
    && card.citations.every((one) => line.includes(`${one.short_name}，${one.clause}`)));
}
