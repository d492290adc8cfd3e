import { memo } from "react";
import { BotContent } from "./BotContent";
import { OwnContent } from "./OwnContent";
import type { Message } from "../messages";
import { words } from "../words";

export interface RowProps {
  message: Message;
  /** What stands behind an answer: sent as the message after it, drawn on its card. */
  basis: Message | null;
  /** Belongs to the assistant's latest turn: its buttons work. */
  isCurrent: boolean;
  /** Something of ours is on its way. */
  isBusy: boolean;
  /** Its question is the open one. */
  isAsking: boolean;
  /** Came after the page was opened. */
  isNew: boolean;
  /** What is read aloud of it. */
  spoken: string;
  isOffline: boolean;
}

export const MessageRow = memo(function MessageRow(props: RowProps) {
  const isOwn = props.message.from === "user";
  return (
    <div className={`Message ${isOwn ? "right" : "left"}`}>
      <div className="Message-main">
        {!isOwn && (
          <span className="avatar" aria-hidden="true">
            {words.avatar}
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
