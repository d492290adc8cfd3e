import { useEffect, useState } from "react";
import { ActionsContext } from "./chat/actions";
import { Composer } from "./chat/Composer";
import { keepDraft } from "./chat/draft";
import { Header } from "./chat/Header";
import { MessageList } from "./chat/MessageList";
import { OfflineBanner } from "./chat/OfflineBanner";
import { Problem } from "./chat/Problem";
import { followKeyboard } from "./chat/viewport";
import { currentTurn } from "./turns";
import { useChat } from "./useChat";

export function App() {
  const { state, actions } = useChat();
  const turn = currentTurn(state.messages);
  const [round, setRound] = useState(0);
  useEffect(followKeyboard, []);

  const restart = async () => {
    if (!(await actions.restart())) return;
    keepDraft("");
    setRound((count) => count + 1);
  };

  return (
    <ActionsContext.Provider value={actions}>
      <div className="ChatApp">
        <Header onRestart={restart} />
        <OfflineBanner link={state.link} onReconnect={actions.reconnect} />
        <MessageList state={state} turn={turn} />
        <Problem message={state.problem} onDismiss={actions.dismiss} />
        <Composer key={round} isFieldOpen={turn.ask !== null} onSay={actions.say} />
      </div>
    </ActionsContext.Provider>
  );
}
