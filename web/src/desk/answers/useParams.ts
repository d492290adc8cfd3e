/** A tab's choices as they stand in its address. */
import { useCallback } from "react";
import { go, useRoute } from "../routing";

/** The parameters of the open tab, and a way to set some of them; "" takes one away. */
export function useParams(path: string): [URLSearchParams, (changed: Record<string, string>) => void] {
  const { params } = useRoute();
  const text = params.toString();
  const set = useCallback((changed: Record<string, string>) => {
    go(path, { ...Object.fromEntries(new URLSearchParams(text)), ...changed }, true);
  }, [path, text]);
  return [params, set];
}
