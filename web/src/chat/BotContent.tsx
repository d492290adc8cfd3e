import { Bubble, ErrorBoundary } from "@chatui/core";
import { AnswerText, Sources } from "../cards/Answer";
import { MessageCard } from "../cards/MessageCard";
import { AskCard } from "../inputs/AskCard";
import type { AskCustom, Custom } from "../protocol";
import { choices, leadText } from "../turns";
import { Choices } from "./Choices";
import type { RowProps } from "./MessageRow";

export function BotContent({ message, isCurrent, isBusy, isAsking, isNew }: RowProps) {
  const { custom } = message;
  const text = leadText(message);
  const isActive = isCurrent && !isBusy;
  const textId = `text-${message.key}`;
  return (
    <>
      <div data-testid="msg-bot" data-kind={custom?.kind ?? "text"}>
        {(text || custom?.kind === "answer") && (
          <Bubble type="text" id={textId}>
            <AnswerText text={text} />
            {custom?.kind === "answer" && <Sources answer={custom} />}
          </Bubble>
        )}
        {/* A card that can't be drawn leaves the text, which says it all. */}
        <ErrorBoundary>{custom && <MessageCard custom={custom} isActive={isActive} />}</ErrorBoundary>
      </div>
      {isAsking && custom?.kind === "ask" && (
        <AskCard ask={custom} isBusy={isBusy} takesFocus={isNew} questionId={text ? textId : undefined} />
      )}
      <Choices
        buttons={choices(message)}
        isActive={isActive}
        testId={isAsking && isChosen(custom) ? `ask-${custom.slot}` : undefined}
      />
    </>
  );
}

function isChosen(custom: Custom | undefined): custom is AskCustom {
  return custom?.kind === "ask" && (custom.input === "choice" || custom.input === "consent");
}
