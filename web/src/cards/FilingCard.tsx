import { Card } from "@chatui/core";
import { chineseDay, chineseMoment } from "../format";
import type { FilingCustom, TimelineStep } from "../protocol";
import { words } from "../words";
import { CopyNumber } from "./CopyNumber";
import { DocumentLinks } from "./DocumentLinks";
import { statusText } from "./statusText";

export function FilingCard({ filing }: { filing: FilingCustom }) {
  const facts: [string, string | undefined][] = [
    [words.receipt.status, statusText(filing)],
    [words.filing.region, filing.treatment_region],
    [words.filing.startsOn, filing.starts_on && chineseDay(filing.starts_on)],
  ];
  return (
    <Card className="card" data-testid="filing">
      <h3>{words.filing.title}</h3>
      <dl className="facts">
        <dt>{words.receipt.number}</dt>
        <dd>
          <CopyNumber number={filing.filing_no} />
        </dd>
        {facts.map(([title, value]) =>
          value ? (
            <div key={title} className="fact">
              <dt>{title}</dt>
              <dd>{value}</dd>
            </div>
          ) : null,
        )}
      </dl>
      <Timeline steps={filing.timeline ?? []} />
      <DocumentLinks url={filing.document_url} />
    </Card>
  );
}

function Timeline({ steps }: { steps: TimelineStep[] }) {
  if (steps.length === 0) return null;
  return (
    <ol className="timeline" aria-label={words.filing.timeline}>
      {steps.map((step) => (
        <li key={step.event + step.at}>
          <strong>{step.title}</strong>
          <time dateTime={step.at}>{chineseMoment(step.at)}</time>
        </li>
      ))}
    </ol>
  );
}
