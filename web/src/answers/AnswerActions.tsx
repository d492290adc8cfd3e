import { type ReactNode, useState } from "react";
import { copyText } from "../copyText";
import { chineseDay, isoDay } from "../format";
import { words } from "../words";
import { Feedback } from "./Feedback";

interface Props {
  /** Missing until the server has stored the answer: it can't be judged before. */
  seq: number | undefined;
  /** When it was given. */
  at: number;
  /** The answer as plain text. */
  text: string;
  /** Further buttons, after 复制. */
  extra?: ReactNode;
}

/** What can be done with an answer: copy it, say whether it helped. */
export function AnswerActions({ seq, at, text, extra }: Props) {
  return (
    <div className="answer-actions" role="group" aria-label={words.answer.actions} data-testid="answer-actions">
      <Copy text={`${text}\n${words.answer.from(chineseDay(isoDay(at)))}`} />
      {extra}
      {seq !== undefined && <Feedback seq={seq} />}
    </div>
  );
}

function Copy({ text }: { text: string }) {
  const [done, setDone] = useState<boolean | null>(null);
  const copy = async () => setDone(await copyText(text));
  const { copied, copyFailed } = words.answer;
  return (
    <>
      <button type="button" className="action" data-testid="answer-copy" onClick={copy}>
        {done ? copied : words.answer.copy}
      </button>
      <span role="status" className={done === false ? "action-note" : "sr-only"}>
        {done !== null && (done ? copied : copyFailed)}
      </span>
    </>
  );
}
