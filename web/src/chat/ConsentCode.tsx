import { useEffect, useState } from "react";
import { type Standing, useConsent } from "../consent/useConsent";
import { useDialog } from "../useDialog";
import { words } from "../words";

const told = words.consent;
/** 482913 as it is read out: 482 913. */
const inGroups = (code: string) => code.replace(/^(\d{3})/, "$1 ");
const clock = (at: string) => new Date(at).toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false });

/** 给客服看: a button, the code in a dialog, and a line that says that somebody reads along. */
export function ConsentCode() {
  const { standing, give, end } = useConsent();
  const [isOpen, setOpen] = useState(false);
  const [problem, setProblem] = useState("");
  const isWatched = standing.state === "watched";
  const attempt = async (step: () => Promise<void>, fault: string) => {
    setProblem("");
    await step().catch(() => setProblem(fault));
  };
  useEffect(() => {
    if (isWatched) setOpen(false);
  }, [isWatched]);
  return (
    <>
      {!isWatched && (
        <button type="button" className="header-switch consent-button" data-testid="consent" onClick={() => setOpen(true)}>
          {told.button}
        </button>
      )}
      <div role="status" className="watched" hidden={!isWatched} data-testid="consent-watched">
        {isWatched && (
          <>
            <span>{problem || told.watched}</span>
            <button type="button" className="header-switch" data-testid="consent-stop"
              onClick={() => void attempt(end, told.notStopped)}>{told.stop}</button>
          </>
        )}
      </div>
      {isOpen && (
        <Dialog standing={standing} problem={problem} onClose={() => setOpen(false)}
          onGive={() => void attempt(give, told.failed)}
          onEnd={() => void attempt(async () => { await end(); setOpen(false); }, told.notStopped)} />
      )}
    </>
  );
}

interface Props {
  standing: Standing;
  problem: string;
  onGive: () => void;
  onEnd: () => void;
  onClose: () => void;
}

function Dialog({ standing, problem, onGive, onEnd, onClose }: Props) {
  const dialog = useDialog();
  const { state, code, at } = standing;
  const isOut = state === "waiting" && at !== null;
  return (
    <dialog ref={dialog} className="dialog consent" aria-labelledby="consent-title" onClose={onClose}>
      <h2 id="consent-title">{told.title}</h2>
      <div role="status">
        {isOut && code && <p className="consent-code" aria-label={`${told.code}${code.split("").join(" ")}`}
          data-testid="consent-code">{inGroups(code)}</p>}
        {isOut && <p>{code ? told.readOut(clock(at)) : told.isOut(clock(at))}</p>}
        {!isOut && <p>{told.what}</p>}
        <p>{told.masked}</p>
        {problem && <p className="consent-problem">{problem}</p>}
      </div>
      <div className="dialog-buttons">
        {isOut && <button type="button" className="header-switch" data-testid="consent-end" onClick={onEnd}>{told.takeBack}</button>}
        {(!isOut || !code) && (
          <button type="button" className="header-switch" data-testid="consent-give" onClick={onGive}>
            {isOut ? told.another : told.give}
          </button>
        )}
        <button type="button" className="header-switch" data-testid="consent-close" onClick={onClose}>
          {isOut ? told.close : told.cancel}
        </button>
      </div>
    </dialog>
  );
}
