/** A document in another site's frame: a link would come without the session, so it is fetched and saved. */
import { sessionHeaders } from "./token";

/** False when it couldn't be fetched. */
export async function saveDocument(address: string): Promise<boolean> {
  try {
    const answer = await fetch(address, { headers: sessionHeaders() });
    if (!answer.ok) return false;
    const file = URL.createObjectURL(await answer.blob());
    const link = document.createElement("a");
    link.href = file;
    link.download = address.slice(address.lastIndexOf("/") + 1);
    link.click();
    setTimeout(() => URL.revokeObjectURL(file), 60_000);
    return true;
  } catch {
    return false;
  }
}
