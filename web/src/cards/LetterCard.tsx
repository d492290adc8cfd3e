import { Card } from "@chatui/core";
import { chineseDay } from "../format";
import { StepLine } from "../inputs/StepLine";
import { useReadingFocus } from "../inputs/useReadingFocus";
import type { LetterCustom } from "./protocol";
import { ShowButton } from "../shown/ShowButton";
import { useShown } from "../shown/useShown";
import { words } from "../words";
import { ReviewLines } from "./ReviewLines";

interface Props {
  letter: LetterCustom;
  isCurrent: boolean;
  isActive: boolean;
  isNew: boolean;
}

/** The whole letter, exactly as sent: what is agreed to is what was shown. */
export function LetterCard({ letter, isCurrent, isActive, isNew }: Props) {
  const heading = useReadingFocus<HTMLHeadingElement>(isNew && isCurrent);
  return (
    <Card className="card" data-testid="letter">
      <h3 ref={heading} tabIndex={-1}>
        {words.letter.title}
      </h3>
      {isCurrent && <StepLine step={letter.step} steps={letter.steps} />}
      <div
        className="letter"
        role="region"
        aria-label={words.letter.title}
        data-testid="letter-text"
      >
        {letter.text}
      </div>
      <p className="quiet">
        {words.letter.hint}
        {letter.version && (
          <>
            {" · "}
            <span className="unbroken">{editionInWords(letter.version)}</span>
          </>
        )}
      </p>
      {isActive && <Typed letter={letter} />}
    </Card>
  );
}

/** What is masked in the letter, shown on request beside it: the letter itself stays as it is signed. */
function Typed({ letter }: { letter: LetterCustom }) {
  const showing = useShown(true);
  const { shown } = showing;
  if (!letter.fields?.length) return null;
  const payloads = new Map(letter.fields.map(({ slot, edit_payload }) => [slot, edit_payload]));
  const lines = shown.stage === "shown" ? shown.lines : [];
  return (
    <div className="letter-typed">
      <p className="quiet">{words.shown.inLetter}</p>
      <ShowButton {...showing} />
      <ReviewLines
        fields={lines.map((line) => ({ ...line, edit_payload: payloads.get(line.slot) }))}
        isActive
        valueOf={({ value }) => value}
      />
    </div>
  );
}

/** "2026-11-22.2" → 2026年11月22日第2版. */
function editionInWords(version: string): string {
  const [day = version, edition] = version.split(".");
  return words.letter.version(chineseDay(day), edition);
}
