import { Card } from "@chatui/core";
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
        {letter.version && ` · ${words.letter.version(letter.version)}`}
      </p>
    </Card>
  );
}
