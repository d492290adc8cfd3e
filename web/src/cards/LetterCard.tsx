import { Card } from "@chatui/core";
import { chineseDay } from "../format";
import type { LetterCustom } from "../protocol";
import { words } from "../words";

/** The whole letter, exactly as sent: what is agreed to is what was shown. */
export function LetterCard({ letter }: { letter: LetterCustom }) {
  return (
    <Card className="card" data-testid="letter">
      <h3>{words.letter.title}</h3>
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
    </Card>
  );
}

/** "2026-11-22.2" → 2026年11月22日第2版. */
function editionInWords(version: string): string {
  const [day = version, edition] = version.split(".");
  return words.letter.version(chineseDay(day), edition);
}
