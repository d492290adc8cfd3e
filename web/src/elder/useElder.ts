import { createContext, useCallback, useContext, useEffect, useMemo, useState } from "react";
import { keepSetting, readSetting } from "./settings";

export interface Elder {
  isOn: boolean;
  toggle: () => void;
  /** Whether replies are read aloud by themselves; only in this mode. */
  readsAloud: boolean;
  toggleReading: () => void;
}

const OFF: Elder = { isOn: false, toggle: () => undefined, readsAloud: false, toggleReading: () => undefined };

export const ElderContext = createContext<Elder>(OFF);

export const useElderMode = () => useContext(ElderContext);

/** 长辈模式 of this device: large, plain, in one column. What it looks like is in styles/elder.css. */
export function useElder(): Elder {
  const [isOn, setOn] = useState(() => readSetting("elder"));
  const [wantsReading, setWantsReading] = useState(() => readSetting("reads-aloud"));
  useEffect(() => {
    keepSetting("elder", isOn);
    document.documentElement.toggleAttribute("data-elder", isOn);
  }, [isOn]);
  useEffect(() => keepSetting("reads-aloud", wantsReading), [wantsReading]);
  const toggle = useCallback(() => setOn((was) => !was), []);
  const toggleReading = useCallback(() => setWantsReading((was) => !was), []);
  return useMemo(
    () => ({ isOn, toggle, readsAloud: isOn && wantsReading, toggleReading }),
    [isOn, wantsReading, toggle, toggleReading],
  );
}
