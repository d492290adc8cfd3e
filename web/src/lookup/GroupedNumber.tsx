import { type ChangeEvent, type InputHTMLAttributes, type RefObject, useLayoutEffect, useRef } from "react";
import { placeAfter } from "./checks";

interface Props extends InputHTMLAttributes<HTMLInputElement> {
  value: string;
  inputRef: RefObject<HTMLInputElement>;
  onTyped: (typed: string) => void;
}

/** A number shown in groups; the cursor stays behind the same digit when the groups shift. */
export function GroupedNumber({ value, inputRef, onTyped, ...rest }: Props) {
  const digitsBefore = useRef<number | null>(null);
  useLayoutEffect(() => {
    const input = inputRef.current;
    if (!input || digitsBefore.current === null || document.activeElement !== input) return;
    const place = placeAfter(value, digitsBefore.current);
    digitsBefore.current = null;
    input.setSelectionRange(place, place);
  });
  const change = ({ target }: ChangeEvent<HTMLInputElement>) => {
    const before = target.value.slice(0, target.selectionStart ?? target.value.length);
    digitsBefore.current = before.replace(/[^\d０-９]/g, "").length;
    onTyped(target.value);
  };
  return (
    <input
      {...rest}
      ref={inputRef}
      className="grouped"
      value={value}
      type="text"
      inputMode="numeric"
      enterKeyHint="next"
      autoCorrect="off"
      spellCheck={false}
      maxLength={60}
      onChange={change}
    />
  );
}
