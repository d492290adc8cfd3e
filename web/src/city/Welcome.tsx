import type { Covered } from "../protocol";
import { words } from "../words";
import { Capabilities } from "./Capabilities";
import { Cities } from "./Cities";
import { keptCity } from "./kept";

/** What an empty page says: what for, for which cities, and a tap to begin with. */
export function Welcome({ regions, isBusy }: { regions: Covered[]; isBusy: boolean }) {
  const code = keptCity();
  const remembered = regions.find((region) => region.code === code);
  const question = remembered ? words.city.again(remembered.name) : words.city.which;
  return (
    <section className="welcome" data-testid="welcome">
      <p className="welcome-hello">{words.city.hello}</p>
      {regions.length > 0 && (
        <>
          <h2 data-testid="welcome-city">{question}</h2>
          <Cities regions={regions} remembered={remembered} label={question} isBusy={isBusy} />
          <p className="quiet">{words.city.others}</p>
        </>
      )}
      <Capabilities isBusy={isBusy} />
    </section>
  );
}
