import { useCallback, useEffect, useRef } from "react";
import { ActionsContext, JudgedContext } from "./chat/actions";
import { Composer } from "./chat/Composer";
import { Header } from "./chat/Header";
import { MessageList } from "./chat/MessageList";
import { OfflineBanner } from "./chat/OfflineBanner";
import { Problem } from "./chat/Problem";
import { followKeyboard } from "./chat/viewport";
import { CityBar } from "./city/CityBar";
import { cityTaken } from "./city/taken";
import { useKeptCity } from "./city/useKeptCity";
import { useAutoReading } from "./elder/useAutoReading";
import { ElderContext, useElder } from "./elder/useElder";
import { useHost } from "./embed/useHost";
import { KeptNumber } from "./lookup/kept";
import { PaperContext, usePaper } from "./papers/usePaper";
import { isPrivateAnswer } from "./privacy";
import type { Button } from "./protocol";
import { SpeakerContext, useSpeaker } from "./speech/useSpeaker";
import { currentTurn, isInFiling } from "./turns";
import { useChat } from "./useChat";

export function App() {
  const { state, actions } = useChat();
  const turn = currentTurn(state.messages);
  useEffect(followKeyboard, []);
  useKeptCity(state);

  const kept = useRef("");
  const { press } = actions;
  const paper = usePaper(turn.ask, useCallback((button: Button) => pressed(button, press), [press]));
  useForgetting(state.round, kept);
  const say = (text: string) => actions.say(text, isPrivateAnswer(turn.ask, text));

  useHost(state);
  const elder = useElder();
  const aloud = useSpeaker(actions.complain);
  useAutoReading(state, aloud, elder.readsAloud);

  return (
    <ActionsContext.Provider value={actions}>
      <ElderContext.Provider value={elder}>
        <SpeakerContext.Provider value={aloud}>
          <div className="ChatApp">
            <Header onRestart={() => void actions.restart()} />
            <OfflineBanner link={state.link} onReconnect={actions.reconnect} />
            <CityBar
              city={cityTaken(state.messages)}
              regions={state.regions}
              isFixed={isInFiling(state.messages, turn)}
              isBusy={turn.isBusy}
            />
            <PaperContext.Provider value={paper}>
              <KeptNumber.Provider value={kept}>
                <JudgedContext.Provider value={state.judged}>
                  <MessageList state={state} turn={turn} />
                </JudgedContext.Provider>
              </KeptNumber.Provider>
            </PaperContext.Provider>
            <Problem message={state.problem} onDismiss={actions.dismiss} />
            <Composer key={state.round} isAfresh={state.round > 0} ask={turn.ask} onSay={say} />
          </div>
        </SpeakerContext.Provider>
      </ElderContext.Provider>
    </ActionsContext.Provider>
  );
}

/** The number that was looked up belongs to the conversation that was left behind. */
function useForgetting(round: number, kept: { current: string }) {
  useEffect(() => {
    if (round > 0) kept.current = "";
  }, [round, kept]);
}

/** What comes next is read in the log, unless the person is busy elsewhere. */
function pressed(button: Button, press: (button: Button) => void) {
  const active = document.activeElement;
  const isFree = !active || active === document.body || active.closest(".ask");
  if (isFree) document.getElementById("log")?.focus({ preventScroll: true });
  press(button);
}
