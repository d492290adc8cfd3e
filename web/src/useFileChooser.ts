import { type ChangeEvent, useRef } from "react";

/** A hidden file input and what opens it; the same file, corrected or taken anew, can be chosen again. */
export function useFileChooser(onChoose: (file: File) => void) {
  const input = useRef<HTMLInputElement>(null);
  const onChange = (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    event.target.value = "";
    if (file) onChoose(file);
  };
  return { open: () => input.current?.click(), hidden: { ref: input, type: "file", hidden: true, onChange } as const };
}
