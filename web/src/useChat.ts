/** Ties the line to the store: sends, sends again, and notices when nothing comes back. */
import { useCallback, useEffect, useMemo, useReducer, useRef } from "react";
import { Connection } from "./connection";
import { type Judgement, unkept } from "./feedback";
import { isOverdue, unsent } from "./messages";
import { newId } from "./newId";
import type { Button, Outgoing } from "./protocol";
import { openSession, openSocket, restartSession } from "./session";
import { emptyChat, reduce } from "./store";
import { currentTurn } from "./turns";
import { words } from "./words";

const UNREADY_WAIT_MS = 3000;
const ERASED_WAIT_MS = 5000;

export function useChat() {
  const [state, dispatch] = useReducer(reduce, emptyChat);
  const latest = useRef(state);
  useEffect(() => {
    latest.current = state;
  }, [state]);

  const connection = useMemo(
    () =>
      new Connection({
        openSession,
        openSocket,
        lastSeq: () => latest.current.lastSeq,
        onSession: (session) => dispatch({ type: "session", session }),
        onFrame: (frame) => dispatch({ type: "frame", frame, now: Date.now() }),
        onLost: () => dispatch({ type: "link", link: "offline" }),
        random: Math.random,
      }),
    [],
  );

  const transmit = useCallback(
    (frames: Outgoing[]) => {
      const clientIds = frames.filter((one) => connection.send(one)).map((one) => one.client_id);
      if (clientIds.length) dispatch({ type: "tried", clientIds, now: Date.now() });
    },
    [connection],
  );

  useEffect(() => keepOpen(connection), [connection]);

  useEffect(() => {
    if (!state.epoch) return;
    transmit(unsent(latest.current.messages));
    for (const given of unkept(latest.current.judged)) connection.send({ type: "feedback", ...given });
  }, [state.epoch, transmit, connection]);

  useEffect(() => {
    if (!state.unready) return;
    const timer = setTimeout(() => transmit(unsent(latest.current.messages)), UNREADY_WAIT_MS);
    return () => clearTimeout(timer);
  }, [state.unready, transmit]);

  useEffect(() => {
    const timer = setInterval(() => {
      const now = Date.now();
      const { link, messages } = latest.current;
      const isSilent = messages.some((one) => isOverdue(one, now) && (one.tries ?? 0) <= 1);
      dispatch({ type: "tick", now });
      // A line can be dead without the phone noticing; once per message we try a new one.
      if (isSilent && link === "open") connection.lose();
    }, 1000);
    return () => clearInterval(timer);
  }, [connection]);

  const actions = useMemo(() => {
    const hand = (outgoing: Outgoing, secret: boolean) => {
      dispatch({ type: "compose", outgoing, secret, now: Date.now() });
      transmit([outgoing]);
    };
    return {
      /** `secret` hides the text at once; an open sensitive question hides it anyway. */
      say(text: string, secret = false) {
        const isAsked = currentTurn(latest.current.messages).ask?.sensitive ?? false;
        hand({ type: "message", client_id: newId(), text }, secret || isAsked);
      },
      press(button: Button) {
        hand({ type: "press", client_id: newId(), ...button }, false);
      },
      retry(outgoing: Outgoing) {
        dispatch({ type: "tried", clientIds: [outgoing.client_id], now: Date.now() });
        if (!connection.send(outgoing)) connection.wake();
      },
      /** Kept until the server has it: without a line it goes out after the next reconnect. */
      judge(given: Judgement) {
        dispatch({ type: "judge", given });
        connection.send({ type: "feedback", ...given });
      },
      reconnect: () => connection.wake(),
      /** True when there is a new conversation; `excuse` is what is said when there isn't. */
      async restart(excuse: string = words.restart.failed): Promise<boolean> {
        try {
          const session = await restartSession(latest.current.conversation);
          dispatch({ type: "session", session, restarted: true });
          dispatch({ type: "link", link: "connecting" });
          connection.open();
          return true;
        } catch {
          dispatch({ type: "problem", message: excuse });
          return false;
        }
      },
      /** Tells the person of something that didn't work here. */
      complain: (message: string) => dispatch({ type: "problem", message }),
      dismiss: () => dispatch({ type: "problem", message: null }),
    };
  }, [connection, transmit]);

  useRestartWhen(state.erased !== null, actions.restart);
  return { state, actions };
}

export type ChatActions = ReturnType<typeof useChat>["actions"];

/** After a deletion the old conversation isn't gone on with: a new one is asked for until there is one. */
function useRestartWhen(isErased: boolean, restart: (excuse: string) => Promise<boolean>) {
  useEffect(() => {
    if (!isErased) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isWanted = true;
    const attempt = async () => {
      if ((await restart(words.erased.waiting)) || !isWanted) return;
      timer = setTimeout(attempt, ERASED_WAIT_MS);
    };
    void attempt();
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [isErased, restart]);
}

/** Opens the line and follows what the phone says about its network and screen. */
function keepOpen(connection: Connection): () => void {
  const lose = () => connection.lose();
  const wake = () => connection.wake();
  const show = () => {
    if (document.visibilityState === "visible") connection.wake();
  };
  connection.open();
  window.addEventListener("offline", lose);
  window.addEventListener("online", wake);
  document.addEventListener("visibilitychange", show);
  return () => {
    connection.stop();
    window.removeEventListener("offline", lose);
    window.removeEventListener("online", wake);
    document.removeEventListener("visibilitychange", show);
  };
}
