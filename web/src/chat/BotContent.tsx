import { Bubble, ErrorBoundary } from "@chatui/core";
import { AnswerText, Sources } from "../cards/Answer";
import { MessageCard } from "../cards/MessageCard";
import { leadText, reasons, sourceLine } from "../drawn";
import { AskCard } from "../inputs/AskCard";
import type { AskCustom, Custom } from "../protocol";
import { choices } from "../turns";
import { Choices } from "./Choices";
import type { RowProps } from "./MessageRow";

export function BotContent(props: RowProps) {
  const { message, isCurrent, isBusy, isAsking, isNew } = props;
  const { custom } = message;
  const isActive = isCurrent && !isBusy;
  const textId = `text-${message.key}`;
  const bubble = <TextBubble key="text" {...props} id={textId} />;
  // A card that can't be drawn leaves the text, which says it all.
  const card = (
    <ErrorBoundary key="card">{custom && <MessageCard custom={custom} buttons={message.buttons} isActive={isActive} />}</ErrorBoundary>
  );
  return (
    <>
      <div data-testid="msg-bot" data-kind={custom?.kind ?? "text"}>
        {isReadFirst(custom) ? [card, bubble] : [bubble, card]}
      </div>
      {isAsking && custom?.kind === "ask" && (
        <AskCard ask={custom} isBusy={isBusy} takesFocus={isNew} questionId={message.text ? textId : undefined} />
      )}
      <Choices
        buttons={choices(message)}
        isActive={isActive}
        testId={isAsking && isChosen(custom) ? `ask-${custom.slot}` : undefined}
      />
    </>
  );
}

function TextBubble({ message, answer, isContinued, id }: RowProps & { id: string }) {
  const { custom } = message;
  const text = answer ? reasons(message, answer) : leadText(message);
  const own = custom?.kind === "answer" && !isContinued ? custom : null;
  if (!text && !answer && !own) return null;
  return (
    <Bubble type="text" id={id}>
      {text && <AnswerText text={text} />}
      {answer && <Sources answer={answer} line={sourceLine(message)} />}
      {own && <Sources answer={own} />}
    </Bubble>
  );
}

/** What the text asks or says is about the card: 都对吗？ comes after what was filled in. */
function isReadFirst(custom: Custom | undefined): boolean {
  return custom?.kind === "review" || custom?.kind === "receipt";
}

function isChosen(custom: Custom | undefined): custom is AskCustom {
  return custom?.kind === "ask" && (custom.input === "choice" || custom.input === "consent");
}
