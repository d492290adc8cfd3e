import { useActions } from "../chat/actions";
import { words } from "../words";

interface Props {
  isBusy: boolean;
  /** The assistant has just offered the first of them, questions, itself. */
  isFurther?: boolean;
}

/** What can be done here: a tap for each, sent as if it had been typed. */
export function Capabilities({ isBusy, isFurther = false }: Props) {
  const { say } = useActions();
  const offered = words.city.capabilities.slice(isFurther ? 1 : 0);
  return (
    <>
      <h2 id="capabilities">{isFurther ? words.city.further : words.city.whatFor}</h2>
      <ul className="capabilities" aria-labelledby="capabilities">
        {offered.map(({ title, line, says }) => (
          <li key={title}>
            <button type="button" data-testid="starter" disabled={isBusy} onClick={() => say(says)}>
              <strong>{title}</strong>
              <span>{line}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
