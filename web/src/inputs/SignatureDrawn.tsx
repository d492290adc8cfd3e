import { Button } from "@chatui/core";
import { useRef, useState } from "react";
import { words } from "../words";
import type { FieldProps } from "./AskCard";
import { SignaturePad } from "./SignaturePad";
import { isSignature, type Stroke, toPicture } from "./strokes";
import { useFieldFocus } from "./useFieldFocus";

/** Sends the signature as a PNG data address. */
export function SignatureDrawn({ label, isBusy, takesFocus, onSubmit }: FieldProps) {
  const [strokes, setStrokes] = useState<Stroke[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const pad = useRef<HTMLCanvasElement>(null);
  const heading = useFieldFocus<HTMLParagraphElement>(takesFocus);

  const change = (next: Stroke[]) => {
    setStrokes(next);
    setProblem(null);
  };
  const submit = () => {
    if (!pad.current || !isSignature(strokes)) return setProblem(words.signature.empty);
    const picture = toPicture(strokes, pad.current.clientWidth, pad.current.clientHeight);
    if (picture) onSubmit(picture);
    else setProblem(words.signature.tooBig);
  };
  const isBlank = strokes.length === 0;
  return (
    <>
      <p ref={heading} className="label" tabIndex={-1}>
        {label} <span className="quiet">{words.signature.hint}</span>
      </p>
      <SignaturePad strokes={strokes} onStroke={(stroke) => change([...strokes, stroke])} padRef={pad} />
      <div className="pad-buttons">
        <Button disabled={isBlank} data-testid="signature-undo" onClick={() => change(strokes.slice(0, -1))}>
          {words.signature.undo}
        </Button>
        <Button disabled={isBlank} data-testid="signature-clear" onClick={() => change([])}>
          {words.signature.clear}
        </Button>
      </div>
      <p className="field-problem" role="status" data-testid="field-problem">
        {problem}
      </p>
      <Button color="primary" block disabled={isBusy} data-testid="ask-submit" onClick={submit}>
        {words.signature.submit}
      </Button>
    </>
  );
}
