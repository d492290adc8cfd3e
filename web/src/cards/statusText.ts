import { words } from "../words";

/** The status in Chinese: the server's own words, or ours for a known code; else nothing. */
export function statusText({ status, status_text }: { status?: string; status_text?: string }): string {
  if (status_text) return status_text;
  if (!status) return "";
  return words.filingStatus[status] ?? (/[\u4e00-\u9fff]/.test(status) ? status : "");
}
