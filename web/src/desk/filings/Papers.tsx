import { useState } from "react";
import { useDialog } from "../../useDialog";
import { fileAddress, type Paper } from "./filing";
import { words } from "./words";

const said = words.papers;

/** Pictures are shown here, anything else in a tab of its own. Nothing is loaded, and nothing logged, before it is asked for. */
export function Papers({ no, papers }: { no: string; papers: readonly Paper[] }) {
  const [open, setOpen] = useState<Paper | null>(null);
  if (!papers.length) return <p className="hint">{said.none}</p>;
  return (
    <>
      <ul className="papers">
        {papers.map((paper) => (
          <li key={paper.paper_id}>
            <span>{paper.title} <span className="hint">{said.size(Math.ceil(paper.bytes / 1024))}</span></span>
            {paper.media_type.startsWith("image/") ? (
              <button type="button" className="button" data-testid="paper-open" onClick={() => setOpen(paper)}>
                {said.open}<span className="sr-only">{paper.title}</span>
              </button>
            ) : (
              <a className="button" href={fileAddress(no, `/papers/${paper.paper_id}`)} target="_blank" rel="noopener">
                {said.openTab}<span className="sr-only">{paper.title}</span>
              </a>
            )}
          </li>
        ))}
      </ul>
      <p className="hint">{said.logged}</p>
      {open && <Viewer no={no} paper={open} onClose={() => setOpen(null)} />}
    </>
  );
}

function Viewer({ no, paper, onClose }: { no: string; paper: Paper; onClose: () => void }) {
  const dialog = useDialog();
  const [isBroken, setBroken] = useState(false);
  return (
    <dialog ref={dialog} className="dialog viewer" aria-labelledby="paper-title" onClose={onClose} data-testid="paper-viewer">
      <h2 id="paper-title">{paper.title}</h2>
      {isBroken ? <p className="error" role="alert">{said.failed}</p> : (
        <img src={fileAddress(no, `/papers/${paper.paper_id}`)} alt={paper.title} onError={() => setBroken(true)} />
      )}
      <form method="dialog"><button className="button primary">{said.close}</button></form>
    </dialog>
  );
}
