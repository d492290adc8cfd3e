import { useActions } from "../chat/actions";
import type { Covered } from "../protocol";
import { words } from "../words";

interface Props {
  regions: Covered[];
  /** Asked about first: the city of last time. */
  remembered?: Covered;
  label: string;
  isBusy: boolean;
  onChosen?: () => void;
}

/** A button for each city there are documents of; a tap says so in the conversation. */
export function Cities({ regions, remembered, label, isBusy, onChosen }: Props) {
  const { press } = useActions();
  const choose = ({ title, payload }: Covered) => {
    document.getElementById("log")?.focus({ preventScroll: true });
    press({ title, payload });
    onChosen?.();
  };
  const others = regions.filter((region) => region !== remembered);
  return (
    <div className="choices cities" role="group" aria-label={label}>
      {[...(remembered ? [remembered] : []), ...others].map((region) => (
        <button
          key={region.code}
          type="button"
          className={region === remembered ? "choice choice--first" : "choice"}
          data-testid="city"
          disabled={isBusy}
          onClick={() => choose(region)}
        >
          {region === remembered ? words.city.still(region.name) : region.name}
        </button>
      ))}
    </div>
  );
}
