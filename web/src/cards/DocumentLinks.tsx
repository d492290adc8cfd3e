import { useActions } from "../chat/actions";
import { isEmbedded } from "../embed/embedded";
import { saveDocument } from "../embed/saveDocument";
import { ownAddress } from "../format";
import { words } from "../words";

export function DocumentLinks({ url }: { url: string | undefined }) {
  const { complain } = useActions();
  const address = ownAddress(url);
  if (!address) return null;
  if (isEmbedded) {
    const save = async () => (await saveDocument(address)) || complain(words.receipt.notSaved);
    return (
      <p className="documents">
        <button type="button" onClick={save} data-testid="document-download">
          {words.receipt.download}
        </button>
      </p>
    );
  }
  return (
    <p className="documents">
      <a href={address} target="_blank" rel="noopener noreferrer" data-testid="document-link">
        {words.receipt.open}
      </a>
      <a href={address} download target="_blank" rel="noopener noreferrer" data-testid="document-download">
        {words.receipt.download}
      </a>
    </p>
  );
}
