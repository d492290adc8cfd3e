import { Card } from "@chatui/core";
import { Choices } from "../chat/Choices";
import { chineseDay, chineseMoment } from "../format";
import type { Button, FilingCustom, TimelineStep } from "../protocol";
import { words } from "../words";
import { DocumentLinks } from "./DocumentLinks";
import { type Fact, Facts } from "./Facts";
import { FilingNumber } from "./FilingNumber";
import { PhoneText } from "./PhoneText";
import { StatusBadge } from "./StatusBadge";
import { SumText } from "./SumText";
import { statusText } from "./statusText";

interface Props {
  filing: FilingCustom;
  actions: Button[];
  isActive: boolean;
}

/** One that is over and stands behind another is a line, and opens. */
export function FilingCard(props: Props) {
  const { filing } = props;
  if (!filing.is_earlier) return <WholeCard {...props} />;
  return (
    <details className="earlier" data-testid="filing-earlier">
      <summary>{words.filing.earlier(whatItIsFor(filing), statusText(filing) ?? "")}</summary>
      <WholeCard {...props} />
    </details>
  );
}

function whatItIsFor({ kind_title = words.filing.title, treatment_region }: FilingCustom): string {
  return treatment_region ? words.filing.whatFor(kind_title, treatment_region) : kind_title;
}

function WholeCard({ filing, actions, isActive }: Props) {
  return (
    <Card className="card filing" data-testid="filing" data-filing={filing.filing_no}>
      <h3>{filing.kind_title ?? words.filing.title}</h3>
      <StatusBadge filing={filing} />
      <ReturnReason reason={filing.return_reason} />
      <Facts number={filing.filing_no} facts={factsOf(filing)} />
      <Timeline steps={filing.timeline ?? []} />
      <DocumentLinks url={filing.document_url} />
      <Choices
        buttons={actions}
        isActive={isActive}
        label={words.filing.actions}
        testId="filing-actions"
      />
    </Card>
  );
}

function ReturnReason({ reason }: { reason: string | undefined }) {
  if (!reason) return null;
  return (
    <div className="noticed" role="note" data-testid="filing-return_reason">
      <h4>{words.filing.reason}</h4>
      <p>
        <PhoneText text={reason} />
      </p>
    </div>
  );
}

function factsOf(filing: FilingCustom): Fact[] {
  const { insured_person, treatment_region, starts_on, valid_to_text, may_change_text, predecessor } = filing;
  return [
    ["insured_person", words.filing.insuredPerson, insured_person],
    ["treatment_region", words.filing.region, treatment_region],
    ["starts_on", words.filing.startsOn, starts_on && chineseDay(starts_on)],
    ["valid_to", words.filing.valid, valid_to_text],
    ["may_change", words.filing.mayChange, may_change_text],
    ["predecessor", words.filing.predecessor, predecessor && <FilingNumber number={predecessor} />],
  ];
}

function Timeline({ steps }: { steps: TimelineStep[] }) {
  if (steps.length === 0) return null;
  return (
    <ol className="timeline" data-testid="filing-timeline" aria-label={words.filing.timeline}>
      {steps.map((step) => (
        <li key={step.event + step.at}>
          <strong>{step.title}</strong>
          <time dateTime={step.at}><SumText text={chineseMoment(step.at)} /></time>
        </li>
      ))}
    </ol>
  );
}
