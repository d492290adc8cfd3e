import { ownAddress } from "../format";
import { words } from "../words";

export function DocumentLinks({ url }: { url: string | undefined }) {
  const address = ownAddress(url);
  if (!address) return null;
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
