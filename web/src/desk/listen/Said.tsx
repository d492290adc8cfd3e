import { useEffect, useRef } from "react";
import type { Line } from "./protocol";
import { clock } from "./times";
import type { Followed } from "./useFollowed";
import { listenWords } from "./words";

const words = listenWords.conversations;

interface Props {
  followed: Followed;
  isLost: boolean;
  onClose: () => void;
}

/** What was said, the newest below; it stays at the end unless somebody has scrolled up. */
export function Said({ followed, isLost, onClose }: Props) {
  const { reading, lines } = followed;
  const box = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  useEffect(() => {
    const list = box.current;
    if (list && isAtEnd.current) list.scrollTop = list.scrollHeight;
  }, [lines]);
  const noteEnd = () => {
    const list = box.current;
    if (list) isAtEnd.current = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
  };
  return (
    <section className="panel" aria-labelledby="said-title" data-testid="listen-said">
      <div className="said-head">
        <h2 id="said-title">{words.said}</h2>
        <span className="hint">{words.until(clock(reading.until))}</span>
        <button type="button" className="button" data-testid="listen-close" onClick={onClose}>{words.close}</button>
      </div>
      <p className="hint">{words.live}</p>
      {isLost && <p className="notice" role="status">{words.lost}</p>}
      {lines.length === 0 && <p className="empty">{words.nothing}</p>}
      <div ref={box} className="said" tabIndex={0} role="log" aria-label={words.said} onScroll={noteEnd}>
        <ol>{lines.map((line) => <SaidLine key={line.seq} line={line} />)}</ol>
      </div>
    </section>
  );
}

function SaidLine({ line }: { line: Line }) {
  const status = listenWords.status[line.status];
  return (
    <li className={`said-${line.from}`} data-testid={`said-${line.from}`}>
      <p className="said-who">
        <strong>{line.from === "user" ? words.user : words.bot}</strong> <time dateTime={line.at}>{clock(line.at)}</time>
        {status && <span className={`badge${line.status === "decided" ? "" : " warn"}`}>{status}</span>}
      </p>
      <p className="said-text">{line.text}</p>
      {line.buttons.length > 0 && <p className="hint">{words.buttons(line.buttons)}</p>}
    </li>
  );
}
