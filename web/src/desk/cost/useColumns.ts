import { useCallback, useRef, useState } from "react";
import { type Column, MOST_COLUMNS } from "./form";
import type { Changes } from "./protocol";
import { costDeskWords as words } from "./words";

/** The other cases that stand beside the form's: offered ones, and the form as it once was. */
export function useColumns() {
  const [columns, setColumns] = useState<readonly Column[]>([]);
  const lastId = useRef(0);
  const lastKept = useRef(0);
  const take = useCallback((column: Column) => {
    setColumns((was) => (was.length < MOST_COLUMNS ? [...was, column] : was));
  }, []);
  const add = useCallback((title: string, changes: Changes) => take({ id: ++lastId.current, title, changes }), [take]);
  const keep = useCallback(
    (whole: Changes) => take({ id: ++lastId.current, title: words.kept(++lastKept.current), whole }),
    [take],
  );
  const remove = useCallback((id: number) => setColumns((was) => was.filter((one) => one.id !== id)), []);
  const clear = useCallback(() => setColumns([]), []);
  return { columns, add, keep, remove, clear };
}
