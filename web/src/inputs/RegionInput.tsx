import { useEffect, useState } from "react";
import type { Province } from "../protocol";
import { loadDivisions } from "../session";
import { words } from "../words";
import type { FieldProps } from "./AskCard";
import { FieldForm } from "./FieldForm";
import { useFieldFocus } from "./useFieldFocus";

/** A province and a city of it; sent as their names, 山东省烟台市. */
export function RegionInput({ ask, label, isBusy, takesFocus, onSubmit }: FieldProps) {
  const { provinces, isFailed, again } = useDivisions();
  const [provinceCode, setProvinceCode] = useState("");
  const [cityCode, setCityCode] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const select = useFieldFocus<HTMLSelectElement>(takesFocus && provinces.length > 0);

  const province = provinces.find(({ code }) => code === provinceCode);
  const cities = province?.cities ?? [];
  const city = cities.length === 1 ? cities[0] : cities.find(({ code }) => code === cityCode);
  const pickProvince = (code: string) => {
    setProvinceCode(code);
    setCityCode("");
    setProblem(null);
  };
  const submit = () => {
    if (!province || (cities.length > 0 && !city)) return setProblem(words.shape.region);
    onSubmit(fullName(province.name, city?.name));
  };
  if (isFailed) {
    return (
      <p className="field-problem">
        {words.ask.divisionsFailed}
        <button type="button" className="link" onClick={again}>
          {words.ask.again}
        </button>
      </p>
    );
  }
  if (provinces.length === 0) return <p className="quiet divisions-wait">{words.ask.divisionsLoading}</p>;
  return (
    <div data-testid={`ask-${ask.slot}`}>
      <FieldForm label={label} problem={problem} isBusy={isBusy} onSubmit={submit}>
        {(ids) => (
          <div className="field field--two">
            <select
              ref={select}
              id={ids.field}
              aria-label={`${label}：${words.ask.province}`}
              aria-describedby={ids.problem}
              data-testid="ask-province"
              value={provinceCode}
              onChange={(event) => pickProvince(event.target.value)}
            >
              <option value="">{words.ask.province}</option>
              {provinces.map(({ code, name }) => (
                <option key={code} value={code}>
                  {name}
                </option>
              ))}
            </select>
            <select
              aria-label={`${label}：${words.ask.city}`}
              aria-describedby={ids.problem}
              data-testid="ask-city"
              value={city?.code ?? ""}
              disabled={cities.length < 2}
              onChange={(event) => {
                setCityCode(event.target.value);
                setProblem(null);
              }}
            >
              <option value="">{words.ask.city}</option>
              {cities.map(({ code, name }) => (
                <option key={code} value={code}>
                  {name}
                </option>
              ))}
            </select>
          </div>
        )}
      </FieldForm>
    </div>
  );
}

/** 北京市 is both: it is said once. */
function fullName(province: string, city: string | undefined): string {
  return !city || city === province ? province : province + city;
}

function useDivisions() {
  const [provinces, setProvinces] = useState<Province[]>([]);
  const [isFailed, setFailed] = useState(false);
  const [round, setRound] = useState(0);
  useEffect(() => {
    let isHere = true;
    loadDivisions().then(
      (loaded) => isHere && setProvinces(loaded),
      () => isHere && setFailed(true),
    );
    return () => {
      isHere = false;
    };
  }, [round]);
  const again = () => {
    setFailed(false);
    setRound((count) => count + 1);
  };
  return { provinces, isFailed, again };
}
