/** How the line was read: letters as words, the facts as chips that can be taken away. */
import type { Query } from "./query";
import type { Answers, Fact } from "./types";
import { words } from "./words";

interface Props {
  answer: Answers;
  query: Query;
  put: (query: Query) => void;
  onDrop: (fact: Fact) => void;
}

export function Reading({ answer, query, put, onDrop }: Props) {
  const replaced = (typed: string, word: string) =>
    put({ ...query, q: query.q.replace(new RegExp(`(?<![a-z])${typed}(?![a-z])`, "i"), word) });
  const isToBeChosen = (part: string) => answer.typed.some((one) => one.typed === part && one.could_be.length > 0);
  const unread = answer.unread.filter((part) => !isToBeChosen(part));
  return (
    <div className="reading">
      {answer.typed.filter((one) => one.read_as).map((one) => (
        <span key={one.typed} className="hint">{words.readAs(one.typed, one.read_as)}</span>
      ))}
      {answer.typed.filter((one) => !one.read_as).map((one) => (
        <span key={one.typed} className="could-be">
          {words.couldBe(one.typed)}
          {one.could_be.map((word) => (
            <button key={word} type="button" className="button" onClick={() => replaced(one.typed, word)}>{word}</button>
          ))}
        </span>
      ))}
      {answer.facts.length > 0 && (
        <ul className="chips" aria-label={words.facts}>
          {answer.facts.map((fact) => (
            <li key={fact.name}>
              <button
                type="button" className={`chip ${fact.origin}`} data-testid={`desk-fact-${fact.name}`}
                aria-label={words.drop(fact.title, fact.words)} onClick={() => onDrop(fact)}
              >
                {fact.title} <strong>{fact.words}</strong>{words.origin[fact.origin]} <span aria-hidden="true">×</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {answer.ignored.map((fact) => (
        <span key={fact.name} className="hint" data-testid="desk-ignored">{words.ignored(fact.title, fact.words)}</span>
      ))}
      {unread.length > 0 && <span className="hint" data-testid="desk-unread">{words.unread(unread.join("、"))}</span>}
      {answer.read_by === "model" && <span className="badge warn">{words.heard}</span>}
    </div>
  );
}
