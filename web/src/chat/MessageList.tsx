import { Typing } from "@chatui/core";
import { PhoneText } from "../cards/PhoneText";
import { answerBehind } from "../answers/parts";
import { Capabilities } from "../city/Capabilities";
import { isOnlyCitySaid } from "../city/taken";
import { Welcome } from "../city/Welcome";
import { isSilent } from "../drawn";
import { useElderMode } from "../elder/useElder";
import { spokenText } from "../speech/spoken";
import type { ChatState } from "../store";
import type { Turn } from "../turns";
import { words } from "../words";
import { MessageRow } from "./MessageRow";
import { TimeLine } from "./TimeLine";
import { useScroll } from "./useScroll";

interface Props {
  state: ChatState;
  turn: Turn;
}

export function MessageList({ state, turn }: Props) {
  const { messages, restoredSeq, regions, typingSince } = state;
  const deleted = state.erased ?? state.notice;
  const { scroller, onScroll, missed, isAway, toBottom } = useScroll(messages, typingSince !== null);
  const elder = useElderMode();
  const isRestored = restoredSeq !== null;
  return (
    <div className="list">
      <div
        ref={scroller}
        id="log"
        className="log"
        role="log"
        aria-label={words.log}
        // What was there before isn't news.
        aria-live={isRestored ? "polite" : "off"}
        tabIndex={0}
        onScroll={onScroll}
      >
        <div role="status">
          {deleted && (
            <p className="notice" data-testid="erased-note">
              <PhoneText text={deleted} />
            </p>
          )}
        </div>
        {elder.isOn && <p className="covered">{words.notice}</p>}
        {isRestored && messages.length === 0 && <Welcome regions={regions} isBusy={turn.isBusy} />}
        {messages.map((message, at) => isSilent(message, messages[at - 1]) ? null : (
          <div key={message.key} className="row" data-key={message.key}>
            <TimeLine at={message.at} before={messages[at - 1]?.at} />
            <MessageRow
              message={message}
              basis={(answerBehind(message, messages[at + 1]) && messages[at + 1]) ?? null}
              isCurrent={at >= turn.start}
              isBusy={turn.isBusy}
              isOffline={state.link === "offline"}
              isAsking={message.key === turn.askKey}
              spoken={spokenText(messages, at)}
              isNew={isRestored && (message.seq ?? 0) > restoredSeq}
            />
          </div>
        ))}
        {isOnlyCitySaid(messages, regions) && !turn.isBusy && <Capabilities isBusy={false} isFurther />}
        {typingSince !== null && (
          <div className="row" role="status" aria-label={words.typing} data-testid="typing">
            <Typing />
          </div>
        )}
      </div>
      {isAway && (
        <button type="button" className="to-bottom" data-testid="to-bottom" onClick={toBottom}>
          {missed > 0 ? words.newMessages(missed) : words.backToBottom} ↓
        </button>
      )}
    </div>
  );
}
