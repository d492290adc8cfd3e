import { useEffect } from "react";

const SHOWN_MS = 8000;

interface Props {
  message: string | null;
  onDismiss: () => void;
}

/** What went wrong, in the server's words, for as long as it takes to read. */
export function Problem({ message, onDismiss }: Props) {
  useEffect(() => {
    if (!message) return;
    const timer = setTimeout(onDismiss, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [message, onDismiss]);
  return (
    <div role="alert">
      {message && (
        <p className="problem" data-testid="problem">
          {message}
        </p>
      )}
    </div>
  );
}
