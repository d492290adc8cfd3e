import { Button } from "@chatui/core";
import { useEffect, useRef } from "react";
import type { FieldProps } from "../inputs/AskCard";
import { useFieldFocus } from "../inputs/useFieldFocus";
import { useFileChooser } from "../useFileChooser";
import { words } from "../words";
import { ACCEPTED, kindsInWords, LARGEST_BYTES, megabytes, paperInWords } from "./checks";
import { Chosen } from "./Chosen";
import type { UploadedPaper } from "./protocol";
import { usePaperUpload } from "./usePaper";

/** A photo or PDF of a paper: chosen, sent at once; what the server makes of it is the next turn. */
export function PaperInput({ ask, label, isBusy, takesFocus }: FieldProps) {
  const { upload, choose, cancel } = usePaperUpload();
  const { accept = ACCEPTED, max_bytes = LARGEST_BYTES, uploaded = [], required, explain, slot } = ask;
  const heading = useStageFocus(upload?.stage);
  const failed = upload?.stage === "failed" ? upload : null;
  const chooser = failed ? words.papers.instead : uploaded.length > 0 ? words.papers.another : words.papers.choose;
  return (
    <div data-testid={`ask-${slot}`}>
      <p ref={heading} className="label" tabIndex={-1}>
        {label}
        {required === false && <span className="quiet"> {words.papers.optional}</span>}
      </p>
      {explain && <p className="paper-why">{explain}</p>}
      <Uploaded papers={uploaded} />
      {upload && <Chosen upload={upload} />}
      <div role="alert">
        {failed && (
          <p className="field-problem" data-testid="paper-problem">
            {failed.message}
          </p>
        )}
      </div>
      {upload?.stage === "sending" ? (
        <Button block onClick={cancel} data-testid="paper-cancel">
          {words.papers.cancel}
        </Button>
      ) : (
        <div className="paper-buttons">
          {failed?.canRetry && (
            <Button block color="primary" disabled={isBusy} onClick={() => choose(failed.file)} data-testid="paper-retry">
              {words.papers.retry}
            </Button>
          )}
          <Chooser
            text={chooser}
            accept={accept}
            isFirst={!failed?.canRetry}
            isBusy={isBusy}
            takesFocus={takesFocus && !upload}
            onChoose={choose}
          />
          {!failed && <p className="quiet">{words.papers.limits(kindsInWords(accept), megabytes(max_bytes))}</p>}
        </div>
      )}
    </div>
  );
}

interface ChooserProps {
  text: string;
  accept: string[];
  /** The nearest thing to do. */
  isFirst: boolean;
  isBusy: boolean;
  takesFocus: boolean;
  onChoose: (file: File) => void;
}

/** Without `capture`, a phone offers its camera and its album. */
function Chooser({ text, accept, isFirst, isBusy, takesFocus, onChoose }: ChooserProps) {
  const { open, hidden } = useFileChooser(onChoose);
  const button = useFieldFocus<HTMLButtonElement>(takesFocus);
  return (
    <>
      <button
        ref={button}
        type="button"
        className={isFirst ? "paper-button paper-button--first" : "paper-button"}
        disabled={isBusy}
        data-testid="paper-button"
        onClick={open}
      >
        {text}
      </button>
      <input {...hidden} accept={accept.join(",")} data-testid="paper-file" />
    </>
  );
}

function Uploaded({ papers }: { papers: UploadedPaper[] }) {
  if (papers.length === 0) return null;
  return (
    <>
      <p className="quiet">{words.papers.uploaded}</p>
      <ol className="paper-list" data-testid="paper-uploaded">
        {papers.map(({ paper_id, media_type, bytes }, at) => (
          <li key={`${paper_id}-${at}`}>{paperInWords(media_type, bytes)}</li>
        ))}
      </ol>
    </>
  );
}

/** At each stage the button that was pressed is gone: the focus goes to what the card is about. */
function useStageFocus(stage: string | undefined) {
  const heading = useRef<HTMLParagraphElement>(null);
  const before = useRef(stage);
  useEffect(() => {
    if (before.current === stage) return;
    before.current = stage;
    const active = document.activeElement;
    const isElsewhere = active && active !== document.body && !heading.current?.closest(".ask")?.contains(active);
    if (!isElsewhere) heading.current?.focus({ preventScroll: true });
  }, [stage]);
  return heading;
}
