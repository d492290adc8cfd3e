import { useContext } from "react";
import { JudgedContext, useActions } from "../chat/actions";
import { type Reason, REASONS, type Verdict } from "../feedback";
import { words } from "../words";

const VERDICTS = ["useful", "useless"] as const;

/** 有用 or 没用; after 没用 why, for who wants to say. A second tap takes it back. */
export function Feedback({ seq }: { seq: number }) {
  const judged = useContext(JudgedContext)[seq];
  const { judge } = useActions();
  const verdict = judged?.verdict ?? null;
  const reason = judged?.reason ?? null;
  const say = (said: Verdict) => judge({ seq, verdict: said === verdict ? null : said, reason: null });
  const because = (said: Reason) => judge({ seq, verdict: "useless", reason: said === reason ? null : said });
  return (
    <>
      <span className="verdicts">
        {VERDICTS.map((one) => (
          <button
            key={one}
            type="button"
            className="action"
            aria-pressed={verdict === one}
            data-testid={`feedback-${one}`}
            onClick={() => say(one)}
          >
            {words.answer[one]}
          </button>
        ))}
      </span>
      {verdict === "useless" && <Why reason={reason} onSay={because} />}
      <span role="status" className={verdict ? "action-note" : "sr-only"} data-testid="feedback-note">
        {verdict && (judged?.isKept ? words.answer.thanks : words.answer.waiting)}
      </span>
    </>
  );
}

function Why({ reason, onSay }: { reason: Reason | null; onSay: (reason: Reason) => void }) {
  return (
    <div className="why-useless" role="group" aria-label={words.answer.whyUseless} data-testid="feedback-reasons">
      <p>{words.answer.whyUseless}</p>
      {REASONS.map((one) => (
        <button
          key={one}
          type="button"
          className="action"
          aria-pressed={reason === one}
          data-testid={`feedback-${one}`}
          onClick={() => onSay(one)}
        >
          {words.answer.reasons[one]}
        </button>
      ))}
    </div>
  );
}
