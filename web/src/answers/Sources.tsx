import { citationLine } from "../format";
import type { AnswerCustom } from "./protocol";
import { words } from "../words";
import { PhoneText } from "../cards/PhoneText";
import { SumText } from "../cards/SumText";

interface Props {
  answer: AnswerCustom;
  /** The source in short: the full names then unfold from it. */
  line?: string;
}

/** What an answer rests on, then what to be careful of. Warnings are never folded. */
export function Sources({ answer, line }: Props) {
  const { citations = [], warnings = [] } = answer;
  const full = citations.map((citation) => (
    <p key={citationLine(citation)} data-testid={line ? "citation-full" : "citation"}>
      {!line && `${words.answer.source}：`}
      {citationLine(citation)}
    </p>
  ));
  return (
    <>
      {line ? (
        <details className="source">
          <summary data-testid="citation">
            <SumText text={line} /> <span className="more">{words.answer.fullSource}</span>
          </summary>
          {full}
        </details>
      ) : (
        <div className="source">{full}</div>
      )}
      {warnings.map((warning) => (
        <p key={warning} className="warning" data-testid="warning">
          <strong className="sr-only">{words.answer.warning}：</strong>
          <PhoneText text={warning} />
        </p>
      ))}
    </>
  );
}
