import { useCallback, useEffect, useRef, useState } from "react";
import { ActionsContext } from "./chat/actions";
import { Composer } from "./chat/Composer";
import { keepDraft } from "./chat/draft";
import { Header } from "./chat/Header";
import { MessageList } from "./chat/MessageList";
import { OfflineBanner } from "./chat/OfflineBanner";
import { Problem } from "./chat/Problem";
import { followKeyboard } from "./chat/viewport";
import { KeptNumber } from "./lookup/kept";
import { PaperContext, usePaper } from "./papers/usePaper";
import type { Button } from "./protocol";
import { currentTurn } from "./turns";
import { useChat } from "./useChat";

export function App() {
  const { state, actions } = useChat();
  const turn = currentTurn(state.messages);
  const [round, setRound] = useState(0);
  useEffect(followKeyboard, []);

  const kept = useRef("");
  const isErased = state.erased !== null;
  const { press } = actions;
  const paper = usePaper(turn.ask, useCallback((button: Button) => pressed(button, press), [press]));

  const forget = useCallback(() => {
    keepDraft("");
    kept.current = "";
    setRound((count) => count + 1);
  }, []);
  useEffect(() => {
    if (isErased) forget();
  }, [isErased, forget]);
  const restart = async () => {
    if (await actions.restart()) forget();
  };

  return (
    <ActionsContext.Provider value={actions}>
      <div className="ChatApp">
        <Header onRestart={restart} />
        <OfflineBanner link={state.link} onReconnect={actions.reconnect} />
        <PaperContext.Provider value={paper}>
          <KeptNumber.Provider value={kept}>
            <MessageList state={state} turn={turn} />
          </KeptNumber.Provider>
        </PaperContext.Provider>
        <Problem message={state.problem} onDismiss={actions.dismiss} />
        <Composer key={round} isFieldOpen={turn.ask !== null} onSay={actions.say} />
      </div>
    </ActionsContext.Provider>
  );
}

/** What comes next is read in the log, unless the person is busy elsewhere. */
function pressed(button: Button, press: (button: Button) => void) {
  const active = document.activeElement;
  const isFree = !active || active === document.body || active.closest(".ask");
  if (isFree) document.getElementById("log")?.focus({ preventScroll: true });
  press(button);
}
