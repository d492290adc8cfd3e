import { Bubble, ErrorBoundary } from "@chatui/core";
import { AnswerCard } from "../answers/AnswerCard";
import { Comparison } from "../answers/Comparison";
import { MessageCard } from "../cards/MessageCard";
import { leadText } from "../drawn";
import { AskCard } from "../inputs/AskCard";
import { StepLine } from "../inputs/StepLine";
import type { AskCustom, Custom } from "../protocol";
import { ReadAloud } from "../speech/ReadAloud";
import { choices } from "../turns";
import { Choices } from "./Choices";
import { LongText } from "./LongText";
import type { RowProps } from "./MessageRow";

export function BotContent(props: RowProps) {
  const { message, basis, isCurrent, isBusy, isAsking, isNew } = props;
  const { custom } = message;
  const isActive = isCurrent && !isBusy;
  const textId = `text-${message.key}`;
  const bubble = <TextBubble key="text" {...props} id={textId} />;
  const read = <ReadAloud id={message.key} text={props.spoken} />;
  // A card that can't be drawn leaves the text, which says it all.
  const card = (
    <ErrorBoundary key="card">
      {custom?.kind === "answer" && <AnswerCard message={message} basis={basis} answer={custom} extra={read} />}
      {custom?.kind === "side_by_side" && <Comparison message={message} comparison={custom} extra={read} />}
      {custom && (
        <MessageCard custom={custom} buttons={message.buttons} isCurrent={isCurrent} isActive={isActive} isNew={isNew} />
      )}
    </ErrorBoundary>
  );
  return (
    <>
      <div data-testid="msg-bot" data-kind={custom?.kind ?? "text"}>
        {isReadFirst(custom) ? [card, bubble] : [bubble, card]}
      </div>
      {!hasActions(custom) && read}
      {isAsking && custom?.kind === "ask" && (
        <AskCard ask={custom} isBusy={isBusy} takesFocus={isNew} questionId={message.text ? textId : undefined} />
      )}
      {isAsking && isChosen(custom) && <StepLine step={custom.step} steps={custom.steps} />}
      <Choices
        buttons={[...choices(message), ...(basis ? choices(basis) : [])]}
        isActive={isActive}
        testId={isAsking && isChosen(custom) ? `ask-${custom.slot}` : undefined}
        takesFocus={isAsking && isNew && isChosen(custom)}
        questionId={message.text ? textId : undefined}
      />
    </>
  );
}

function TextBubble({ message, id }: RowProps & { id: string }) {
  const text = leadText(message);
  if (!text) return null;
  return (
    <Bubble type="text" id={id}>
      <LongText text={text} />
    </Bubble>
  );
}

/** What the text asks or says is about the card: 都对吗？ comes after what was filled in. */
function isReadFirst(custom: Custom | undefined): boolean {
  return custom?.kind === "review" || custom?.kind === "receipt";
}

/** Its card has a row for what can be done with it. */
function hasActions(custom: Custom | undefined): boolean {
  return custom?.kind === "answer" || custom?.kind === "side_by_side";
}

function isChosen(custom: Custom | undefined): custom is AskCustom {
  return custom?.kind === "ask" && (custom.input === "choice" || custom.input === "consent");
}
