import { memo } from "react";
import { BotContent } from "./BotContent";
import { OwnContent } from "./OwnContent";
import { isSilent } from "../drawn";
import type { Message } from "../messages";
import type { AnswerCustom } from "../protocol";
import { words } from "../words";

export interface RowProps {
  message: Message;
  /** The answer whose reasons the message holds. */
  answer: AnswerCustom | null;
  /** An answer whose reasons follow: source and warnings are drawn there. */
  isContinued: boolean;
  /** Belongs to the assistant's latest turn: its buttons work. */
  isCurrent: boolean;
  /** Something of ours is on its way. */
  isBusy: boolean;
  /** Its question is the open one. */
  isAsking: boolean;
  /** Came after the page was opened. */
  isNew: boolean;
  isOffline: boolean;
}

export const MessageRow = memo(function MessageRow(props: RowProps) {
  if (isSilent(props.message)) return null;
  const isOwn = props.message.from === "user";
  return (
    <div className={`Message ${isOwn ? "right" : "left"}`}>
      <div className="Message-main">
        {!isOwn && (
          <span className="avatar" aria-hidden="true">
            医
          </span>
        )}
        <div className="Message-inner">
          <span className="sr-only">{isOwn ? words.me : words.assistant}</span>
          {isOwn ? <OwnContent message={props.message} isOffline={props.isOffline} /> : <BotContent {...props} />}
        </div>
      </div>
    </div>
  );
});
