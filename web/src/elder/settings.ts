/** How this device shows the page. Nothing of the person: it may stay. */
export type Setting = "elder" | "reads-aloud";

export function readSetting(name: Setting): boolean {
  try {
    return localStorage.getItem(name) === "1";
  } catch {
    return false; // Storage is switched off: the page works without.
  }
}

export function keepSetting(name: Setting, isOn: boolean): void {
  try {
    if (isOn) localStorage.setItem(name, "1");
    else localStorage.removeItem(name);
  } catch {
    // As above.
  }
}
