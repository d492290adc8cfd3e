/** The city that was tapped last, kept on this device: its code and nothing else. */
const KEY = "insured-region";
const CODE = /^\d{6}$/;

export function keptCity(): string | null {
  try {
    const code = localStorage.getItem(KEY);
    return code && CODE.test(code) ? code : null;
  } catch {
    return null; // storage is switched off
  }
}

export function keepCity(code: string | null): void {
  try {
    if (code === null) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, code);
  } catch {
    // It is asked again next time.
  }
}
