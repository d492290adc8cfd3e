import { useEffect, useMemo, useRef, useState } from "react";
import { copyText } from "../../copyText";
import { useShortcuts } from "../shortcuts";
import { costDeskWords as words } from "./words";

interface Props {
  /** What is copied; empty while there is nothing, or what is there is not of what the form says now. */
  text: string;
  onClear: () => void;
  onUndo: (() => void) | null;
}

/** What can be done with the result as a whole. */
export function Tools({ text, onClear, onUndo }: Props) {
  const [copied, setCopied] = useState<{ text: string; isDone: boolean } | null>(null);
  const latest = useRef(text);
  useEffect(() => {
    latest.current = text;
  }, [text]);
  const copy = async () => {
    const now = latest.current;
    if (now) setCopied({ text: now, isDone: await copyText(now) });
  };
  useShortcuts(useMemo(() => [
    { key: "c", says: words.keys.copy, run: () => void copy() },
    { key: "p", says: words.keys.print, run: () => latest.current && window.print() },
  ], []));
  const said = copied?.text === text ? (copied.isDone ? words.copied : words.copyFailed) : "";
  return (
    <div className="toolbar cost-tools">
      <button type="button" className="button primary" data-testid="cost-copy" disabled={!text} onClick={() => void copy()}>
        {words.copy}
      </button>
      <button type="button" className="button" data-testid="cost-print" disabled={!text} onClick={() => window.print()}>
        {words.print}
      </button>
      <button type="button" className="button" data-testid="cost-clear" onClick={onClear}>{words.clear}</button>
      {onUndo && <button type="button" className="button quiet" data-testid="cost-undo" onClick={onUndo}>{words.undo}</button>}
      <span role="status" data-testid="cost-copied">{said}</span>
    </div>
  );
}
