/** A conversation that is followed while it lasts: what is new is asked for every two seconds. */
import { useCallback, useEffect, useRef, useState } from "react";
import { ApiProblem, get, isAborted, post, sentenceOf } from "../api";
import type { Line, Reading, Transcript } from "./protocol";

const ASKED_EVERY_MS = 2_000;
const LOST = "unreachable";

export interface Followed {
  reading: Reading;
  lines: Line[];
}

/** The lines with what is new behind them; what came twice counts once. */
export function added(lines: Line[], more: Line[]): Line[] {
  const last = lines.at(-1)?.seq ?? 0;
  const fresh = more.filter((line) => line.seq > last);
  return fresh.length ? [...lines, ...fresh] : lines;
}

export function useFollowed() {
  const [followed, setFollowed] = useState<Followed | null>(null);
  const [isLost, setLost] = useState(false);
  const [over, setOver] = useState<string | null>(null);
  const lastSeq = useRef(0);
  const id = followed?.reading.reading_id;

  const show = (transcript: Transcript) => {
    lastSeq.current = transcript.last_seq;
    setOver(null);
    setLost(false);
    setFollowed({ reading: transcript.reading, lines: transcript.messages });
  };
  const openByCode = async (code: string) => show(await post<Transcript>("/conversations/open", { code }));
  const openAgain = async (reading: Reading) => show(await get<Transcript>(`/conversations/${reading.reading_id}`));
  const close = useCallback(async () => {
    if (id) await post(`/conversations/${id}/close`);
    setFollowed(null);
  }, [id]);

  useEffect(() => {
    if (!id) return undefined;
    const giveUp = new AbortController();
    const ask = async () => {
      try {
        const more = await get<Transcript>(`/conversations/${id}`, { after: lastSeq.current }, giveUp.signal);
        lastSeq.current = Math.max(lastSeq.current, more.last_seq);
        setLost(false);
        setFollowed((was) => (was?.reading.reading_id === id ? { ...was, lines: added(was.lines, more.messages) } : was));
      } catch (fault) {
        if (isAborted(fault)) return;
        if (fault instanceof ApiProblem && fault.code === LOST) setLost(true);
        else {
          setOver(sentenceOf(fault));
          setFollowed(null);
        }
      }
    };
    const timer = setInterval(() => void ask(), ASKED_EVERY_MS);
    return () => {
      clearInterval(timer);
      giveUp.abort();
    };
  }, [id]);
  return { followed, isLost, over, openByCode, openAgain, close };
}
