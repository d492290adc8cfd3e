import { Bubble } from "@chatui/core";
import { ownText } from "../format";
import type { Message } from "../messages";
import { words } from "../words";
import { useActions } from "./actions";

interface Props {
  message: Message;
  isOffline: boolean;
}

export function OwnContent({ message, isOffline }: Props) {
  const text = ownText(message.text ?? "");
  return (
    <>
      <div className="Message-content">
        <Bubble type="text" data-testid="msg-user" data-delivery={message.delivery}>
          {message.secret && text !== words.signed ? words.secret : text}
        </Bubble>
        {message.delivery === "pending" && (
          <span className="sending" role="img" aria-label={words.status.pending} />
        )}
      </div>
      {message.delivery === "failed" && <Failed message={message} isOffline={isOffline} />}
    </>
  );
}

function Failed({ message, isOffline }: Props) {
  const { retry } = useActions();
  const { outgoing } = message;
  return (
    <div className="failed" role="alert">
      <span data-testid="msg-failed">{message.refused ?? (isOffline ? words.status.waiting : words.status.failed)}</span>
      {outgoing && (
        <button type="button" data-testid="retry" onClick={() => retry(outgoing)}>
          {words.status.retry}
        </button>
      )}
    </div>
  );
}
