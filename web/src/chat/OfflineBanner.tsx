import type { Link } from "../store";
import { words } from "../words";

interface Props {
  link: Link;
  onReconnect: () => void;
}

/** The page stays usable without a line: this only says so. */
export function OfflineBanner({ link, onReconnect }: Props) {
  return (
    <div role="status">
      {link === "connecting" && <p className="banner banner--quiet">{words.connection.connecting}</p>}
      {link === "offline" && (
        <div className="banner" data-testid="offline-banner">
          <p>
            <strong>{words.connection.offline}</strong>
            {words.connection.kept}
          </p>
          <button type="button" onClick={onReconnect}>
            {words.connection.now}
          </button>
        </div>
      )}
    </div>
  );
}
