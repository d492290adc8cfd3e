import { useState } from "react";
import { citationLine } from "../format";
import type { AnswerCustom } from "../protocol";
import { words } from "../words";
import { PhoneText } from "./PhoneText";

const LONG_CHARACTERS = 280;
const LONG_LINES = 12;

/** A reply's text, folded when it fills more than about one phone screen. */
export function AnswerText({ text }: { text: string }) {
  const [isOpen, setOpen] = useState(false);
  const isLong = text.length > LONG_CHARACTERS || text.split("\n").length > LONG_LINES;
  return (
    <>
      <p className={isLong && !isOpen ? "folded" : undefined}>
        <PhoneText text={text} />
      </p>
      {isLong && (
        <button type="button" className="link" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? words.answer.fold : words.answer.unfold}
        </button>
      )}
    </>
  );
}

interface SourcesProps {
  answer: AnswerCustom;
  /** The source in short: the full names then unfold from it. */
  line?: string;
}

/** What an answer rests on, then what to be careful of. Warnings are never folded. */
export function Sources({ answer, line }: SourcesProps) {
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
            {line} <span className="more">{words.answer.fullSource}</span>
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
