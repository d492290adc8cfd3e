import { useCallback, useState } from "react";
import { useOwnImage } from "../embed/useOwnImage";
import { ownAddress } from "../format";
import { words } from "../words";

interface Props {
  url: string | undefined;
  /** What scanning it gives: the address that checks the filing, or its number and hash. */
  says: string | undefined;
  number: string;
}

/** The square code that is on the document, to be scanned by somebody else; nothing where it can't be loaded. */
export function SquareCode({ url, says = "", number }: Props) {
  const [isGone, setGone] = useState(false);
  const lose = useCallback(() => setGone(true), []);
  const address = useOwnImage(ownAddress(url), lose);
  if (!address || isGone) return null;
  const { checks, holds } = words.receipt.code;
  const hint = says.startsWith("http") ? checks : holds;
  return (
    <figure className="square-code" data-testid="receipt-code">
      <img src={address} alt={words.receipt.code.alt(number)} width={168} height={168} onError={lose} />
      <figcaption>{hint}</figcaption>
    </figure>
  );
}
