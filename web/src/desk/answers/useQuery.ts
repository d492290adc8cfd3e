/** The query of the answers tab: in the state while it is typed, in the address as soon as it is put. */
import { useCallback, useEffect, useRef, useState } from "react";
import { go, useRoute } from "../routing";
import { withoutPrivate } from "./private";
import { EMPTY, type Query, readQuery, withLine, written } from "./query";

const PATH = "answers";
const hasChoices = ({ facts, without, skip }: Query) => Object.keys(facts).length + without.length + skip.length > 0;

export function useQuery() {
  const { path, params } = useRoute();
  const [query, setQuery] = useState<Query>(() => readQuery(params));
  const [hidden, setHidden] = useState(false);
  const own = useRef("");
  const chosenFor = useRef(query.q.trim()); // the line as it was when something was last chosen beside it

  const put = useCallback((next: Query) => {
    const safe = withoutPrivate(next.q);
    const kept = { ...next, q: safe.line };
    if (safe.hidden) setHidden(true);
    else if (next.q === "") setHidden(false);
    setQuery(kept);
    chosenFor.current = kept.q.trim();
    own.current = new URLSearchParams(
      Object.entries(written(kept)).filter((one): one is [string, string] => Boolean(one[1])),
    ).toString();
    go(PATH, written(kept), true);
  }, []);

  const type = useCallback((q: string) => {
    const before = chosenFor.current;
    const next = withLine(query, q, before);
    put(next);
    if (hasChoices(next)) chosenFor.current = before;
  }, [put, query]);

  // An address from elsewhere: a link, or the browser's way back.
  const address = params.toString();
  useEffect(() => {
    if (path !== PATH || address === own.current) return;
    own.current = address;
    const params = new URLSearchParams(address);
    const given = readQuery(params);
    chosenFor.current = given.q.trim();
    setQuery(given);
    if (!withoutPrivate(params.get("q") ?? "").hidden) return;
    setHidden(true);
    go(PATH, written(given), true); // somebody's number leaves the address too
  }, [path, address]);

  return { query, put, type, hidden, clear: useCallback(() => put(EMPTY), [put]) };
}
