import { useState } from "react";
import type { FieldProps } from "./AskCard";
import { SignatureDrawn } from "./SignatureDrawn";
import { SignatureTyped } from "./SignatureTyped";
import { words } from "../words";

/** A signature, written by hand or, for who can't or would rather not, as a typed name. */
export function SignatureInput(props: FieldProps) {
  const [isTyped, setTyped] = useState(false);
  return (
    <div data-testid={`ask-${props.ask.slot}`}>
      {isTyped ? <SignatureTyped {...props} /> : <SignatureDrawn {...props} />}
      <button
        type="button"
        className="link switch"
        data-testid="signature-switch"
        onClick={() => setTyped(!isTyped)}
      >
        {isTyped ? words.signature.drawInstead : words.signature.typeInstead}
      </button>
    </div>
  );
}
