import { Card } from "@chatui/core";
import { type ReactNode, useState } from "react";
import { PhoneText } from "../cards/PhoneText";
import { isLong, Unfold } from "../chat/LongText";
import { useElderMode } from "../elder/useElder";
import type { Message } from "../messages";
import type { AnswerCustom } from "./protocol";
import { words } from "../words";
import { AnswerActions } from "./AnswerActions";
import { type AnswerParts, firstSentence, partsOf } from "./parts";
import { answerText } from "./plainText";
import { Sources } from "./Sources";

interface Props {
  message: Message;
  /** What stands behind it, if anything was sent. */
  basis: Message | null;
  answer: AnswerCustom;
  /** Further buttons beside 复制. */
  extra?: ReactNode;
}

/** Conclusion, why, what to do, what it rests on. Neither conclusion, source nor warning is ever folded. */
export function AnswerCard({ message, basis, answer, extra }: Props) {
  const parts = partsOf(basis, answer);
  const [first, rest] = firstSentence(message.text ?? "");
  return (
    <Card className="card answer" data-testid="answer" data-status={answer.status}>
      <p className="conclusion" data-testid="answer-conclusion">
        <strong>
          <PhoneText text={first} />
        </strong>
        <PhoneText text={rest} />
      </p>
      <Body parts={parts} />
      <Sources answer={answer} line={parts.source} />
      <AnswerActions seq={message.seq} at={message.at} text={answerText(message, basis, answer)} extra={extra} />
    </Card>
  );
}

/** Folded when it fills more than about one phone screen; in 长辈模式 it then says what to do first, and no more. */
function Body({ parts: { why, toDo } }: { parts: AnswerParts }) {
  const [isOpen, setOpen] = useState(false);
  const elder = useElderMode();
  const all = [...why, ...toDo];
  const folds = elder.isOn ? all.length > 1 : isLong(all);
  if (all.length === 0) return null;
  const isShort = elder.isOn && folds && !isOpen;
  const first = toDo.length > 0 ? { why: [], toDo: toDo.slice(0, 1) } : { why: why.slice(0, 1), toDo: [] };
  const shown = isShort ? first : { why, toDo };
  return (
    <>
      <div className={folds && !isOpen && !isShort ? "answer-body folded" : "answer-body"}>
        {shown.why.map((line) => (
          <p key={line}>
            <PhoneText text={line} />
          </p>
        ))}
        {shown.toDo.length > 0 && <ToDo lines={shown.toDo} />}
      </div>
      {folds && <Unfold isOpen={isOpen} onToggle={() => setOpen(!isOpen)} />}
    </>
  );
}

function ToDo({ lines }: { lines: string[] }) {
  return (
    <>
      <h4>{words.answer.toDo}</h4>
      <ul className="to-do" data-testid="answer-to-do">
        {lines.map((line) => (
          <li key={line}>
            <PhoneText text={line} />
          </li>
        ))}
      </ul>
    </>
  );
}
