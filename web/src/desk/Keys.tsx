import { useDialog } from "../useDialog";
import { openShortcuts } from "./shortcuts";
import { words } from "./words";

/** The keys that do something on the page that is open. */
export function Keys({ onClose }: { onClose: () => void }) {
  const dialog = useDialog();
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby="keys-title" onClose={onClose}>
      <h2 id="keys-title">{words.keysTitle}</h2>
      <dl className="keys">
        {openShortcuts().map((one) => (
          <div key={one.key}>
            <dt><kbd>{one.key}</kbd></dt>
            <dd>{one.says}</dd>
          </div>
        ))}
      </dl>
      <form method="dialog"><button className="button primary">{words.keysClose}</button></form>
    </dialog>
  );
}
