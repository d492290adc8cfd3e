import { Card } from "@chatui/core";
import type { ReactNode } from "react";
import { PhoneText } from "../cards/PhoneText";
import type { Message } from "../messages";
import type { Side, SideBySideCustom } from "./protocol";
import { words } from "../words";
import { AnswerActions } from "./AnswerActions";
import { comparisonText } from "./plainText";

interface Props {
  message: Message;
  comparison: SideBySideCustom;
  /** Further buttons beside 复制. */
  extra?: ReactNode;
}

/** The same question for several places: beside each other where there is room, else below each other. */
export function Comparison({ message, comparison, extra }: Props) {
  const { title = words.answer.comparison, sides } = comparison;
  return (
    <Card className="card answer comparison" data-testid="comparison">
      <h3>{title}</h3>
      <ul className="sides">
        {sides.map((side) => (
          <OneSide key={side.place} side={side} />
        ))}
      </ul>
      <AnswerActions seq={message.seq} at={message.at} text={comparisonText(comparison)} extra={extra} />
    </Card>
  );
}

function OneSide({ side: { place, status, text, sources, warnings = [] } }: { side: Side }) {
  const howFar = words.answer.status[status];
  return (
    <li className="side" data-testid="side" data-status={status}>
      <h4>
        {place} {howFar && <span className="badge badge--past">{howFar}</span>}
      </h4>
      <p>
        <PhoneText text={text} />
      </p>
      {sources && (
        <p className="source">
          {words.answer.source}：<PhoneText text={sources} />
        </p>
      )}
      {warnings.map((warning) => (
        <p key={warning} className="warning" data-testid="warning">
          <PhoneText text={warning} />
        </p>
      ))}
    </li>
  );
}
