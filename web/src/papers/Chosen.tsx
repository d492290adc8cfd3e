import { useEffect, useState } from "react";
import { words } from "../words";
import { isPhoto, mediaType, paperInWords } from "./checks";
import type { Upload } from "./usePaper";

/** The paper that was chosen: what it looks like, and how much of it has been sent. */
export function Chosen({ upload }: { upload: Upload }) {
  const { file, stage } = upload;
  return (
    <div className="paper">
      <Thumbnail file={file} />
      <div className="paper-state">
        <p>{paperInWords(mediaType(file), file.size)}</p>
        {stage === "sending" && <Progress share={upload.share} />}
      </div>
    </div>
  );
}

function Progress({ share }: { share: number }) {
  const isUp = share >= 1;
  const percent = Math.floor(share * 100);
  return (
    <div data-testid="paper-progress">
      {/* Only the words are read out; each percent would drown them. */}
      <p className="quiet">
        <span role="status">{isUp ? words.papers.checking : words.papers.sending}</span>
        {!isUp && ` ${percent}%`}
      </p>
      <progress max={100} value={isUp ? undefined : percent} aria-label={words.papers.progress} />
    </div>
  );
}

/** Nothing for a PDF, or for a photo that this browser can't draw. */
function Thumbnail({ file }: { file: File }) {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (!isPhoto(mediaType(file))) return;
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => {
      URL.revokeObjectURL(made);
      setUrl(null);
    };
  }, [file]);
  return url && <img className="thumbnail" src={url} alt={words.papers.preview} onError={() => setUrl(null)} />;
}
