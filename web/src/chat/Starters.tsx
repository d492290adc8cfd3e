import { words } from "../words";
import { useActions } from "./actions";

/** What an empty page offers to begin with. */
export function Starters() {
  const { say } = useActions();
  return (
    <>
      <p className="covered">{words.emptyHint}</p>
      <div className="choices starters" role="group" aria-label={words.quickReplies}>
        {words.starters.map((text) => (
          <button key={text} type="button" className="choice" data-testid="starter" onClick={() => say(text)}>
            {text}
          </button>
        ))}
      </div>
    </>
  );
}
