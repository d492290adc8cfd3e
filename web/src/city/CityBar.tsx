import { useEffect, useState } from "react";
import type { Covered, Region } from "../protocol";
import { words } from "../words";
import { Cities } from "./Cities";

interface Props {
  city: Region | null;
  regions: Covered[];
  /** In the middle of a filing the city is the filing's, and isn't changed from here. */
  isFixed: boolean;
  isBusy: boolean;
}

/** By which city's rules is answered, always in sight, and the way to another. */
export function CityBar({ city, regions, isFixed, isBusy }: Props) {
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    if (isBusy) setOpen(false); // who asks on after all wants to see the answer
  }, [isBusy]);
  if (!city) return null;
  const isCovered = regions.some((region) => region.code === city.code);
  const others = regions.filter((region) => region.code !== city.code);
  const isShown = isOpen && !isFixed;
  return (
    <div className="city-bar" data-testid="city-bar">
      <div className="city-bar-row">
        <p role="status" data-testid="city-taken">
          {isCovered ? words.city.taken(city.name) : words.city.unknown(city.name)}
        </p>
        {!isFixed && others.length > 0 && (
          <button
            type="button"
            className="link"
            data-testid="city-change"
            aria-expanded={isShown}
            onClick={() => setOpen(!isOpen)}
          >
            {isShown ? words.city.keep : words.city.change}
          </button>
        )}
      </div>
      {isShown && <Cities regions={others} label={words.city.changeTo} isBusy={isBusy} onChosen={() => setOpen(false)} />}
    </div>
  );
}
