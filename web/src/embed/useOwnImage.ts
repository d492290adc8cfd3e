import { useEffect, useState } from "react";
import { isEmbedded } from "./embedded";
import { sessionHeaders } from "./token";

/** What to show of a picture of ours: its address, or in another site's frame, where it needs the token, its content. */
export function useOwnImage(address: string | undefined, onLost: () => void): string | undefined {
  const [content, setContent] = useState<string>();
  useEffect(() => {
    if (!isEmbedded || !address) return;
    const wanted = new AbortController();
    let made = "";
    const load = async () => {
      const answer = await fetch(address, { headers: sessionHeaders(), signal: wanted.signal });
      if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
      made = URL.createObjectURL(await answer.blob());
      setContent(made);
    };
    load().catch(() => !wanted.signal.aborted && onLost());
    return () => {
      wanted.abort();
      URL.revokeObjectURL(made);
    };
  }, [address, onLost]);
  return isEmbedded ? content : address;
}
