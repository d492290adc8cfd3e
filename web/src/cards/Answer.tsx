import { useState } from "react";
import { chineseDay } from "../format";
import type { AnswerCustom, Citation } from "../protocol";
import { words } from "../words";
import { PhoneText } from "./PhoneText";

const LONG_CHARACTERS = 280;
const LONG_LINES = 12;
const SOURCES_SHOWN = 2;

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

/** What an answer rests on, and what to be careful of. Warnings are never folded. */
export function Sources({ answer }: { answer: AnswerCustom }) {
  const [isOpen, setOpen] = useState(false);
  const { citations = [], warnings = [] } = answer;
  const shown = isOpen ? citations : citations.slice(0, SOURCES_SHOWN);
  const more = citations.length - shown.length;
  return (
    <>
      {warnings.map((warning) => (
        <p key={warning} className="warning" data-testid="warning">
          <strong className="sr-only">{words.answer.warning}：</strong>
          <PhoneText text={warning} />
        </p>
      ))}
      {shown.map((citation) => (
        <p key={citationLine(citation)} className="source" data-testid="citation">
          {words.answer.source}：{citationLine(citation)}
        </p>
      ))}
      {more > 0 && (
        <button type="button" className="link" aria-expanded={isOpen} onClick={() => setOpen(true)}>
          {words.answer.moreSources(more)}
        </button>
      )}
    </>
  );
}

function citationLine({ document, clause, date }: Citation): string {
  return [document, clause, date && chineseDay(date)].filter(Boolean).join(" · ");
}
