import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState } from "react";
import type { AskCustom, Button } from "../protocol";
import { words } from "../words";
import { ACCEPTED, LARGEST_BYTES, problemOfFile } from "./checks";
import { PaperProblem, sendPaper } from "./send";

/** How far the sending of a paper is. */
export type Upload =
  | { stage: "sending"; file: File; share: number }
  | { stage: "failed"; file: File; message: string; canRetry: boolean };

export interface PaperUpload {
  /** null when none is chosen. */
  upload: Upload | null;
  choose: (file: File) => void;
  cancel: () => void;
}

export const PaperContext = createContext<PaperUpload | null>(null);

/** The sending of the paper that is asked for. Throws outside the app. */
export function usePaperUpload(): PaperUpload {
  const upload = useContext(PaperContext);
  if (!upload) throw new Error("usePaperUpload is used outside PaperContext");
  return upload;
}

/**
 * One paper at a time: choosing another lets go of the one before.
 *
 * It lives beside the list, not in the card: a question asked in between brings the same card anew,
 * and must not break off the sending. It ends when another field, or none, is asked for.
 */
export function usePaper(ask: AskCustom | null, onTaken: (button: Button) => void): PaperUpload {
  const [upload, setUpload] = useState<Upload | null>(null);
  const current = useRef<AbortController | null>(null);
  const asked = useRef(ask);
  useEffect(() => {
    asked.current = ask;
  }, [ask]);

  const cancel = useCallback(() => {
    current.current?.abort();
    current.current = null;
    setUpload(null);
  }, []);
  const slot = ask?.input === "paper" ? ask.slot : null;
  useEffect(() => cancel, [slot, cancel]);

  const choose = useCallback(
    async (file: File) => {
      cancel();
      const { paper, accept = ACCEPTED, max_bytes = LARGEST_BYTES } = asked.current ?? {};
      const problem = problemOfFile(file, accept, max_bytes);
      if (problem) return setUpload({ stage: "failed", file, message: problem, canRetry: false });
      const attempt = new AbortController();
      current.current = attempt;
      const isCurrent = () => current.current === attempt;
      setUpload({ stage: "sending", file, share: 0 });
      const onShare = (share: number) => isCurrent() && setUpload({ stage: "sending", file, share });
      try {
        const { button } = await sendPaper(file, paper ?? "", { signal: attempt.signal, onShare });
        if (!isCurrent()) return;
        cancel();
        onTaken({ title: button.title, payload: button.payload });
      } catch (problem) {
        if (isCurrent()) setUpload({ stage: "failed", file, ...reasonOf(problem) });
      }
    },
    [cancel, onTaken],
  );
  return useMemo(() => ({ upload, choose, cancel }), [upload, choose, cancel]);
}

function reasonOf(problem: unknown): { message: string; canRetry: boolean } {
  if (problem instanceof PaperProblem) return { message: problem.message, canRetry: problem.canRetry };
  return { message: words.papers.broken, canRetry: true };
}
