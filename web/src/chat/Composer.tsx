import { type FormEvent, type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from "react";
import { words } from "../words";
import { keepDraft, readDraft } from "./draft";
import { isSendKey } from "./keys";

interface Props {
  isFieldOpen: boolean;
  onSay: (text: string) => void;
}

export function Composer({ isFieldOpen, onSay }: Props) {
  const [text, setText] = useState(readDraft);
  const input = useRef<HTMLTextAreaElement>(null);

  useEffect(() => keepDraft(text), [text]);
  useLayoutEffect(() => {
    const element = input.current;
    if (!element) return;
    element.style.height = "auto";
    element.style.height = `${element.scrollHeight}px`;
  }, [text]);

  const send = () => {
    const said = text.trim();
    if (!said) return;
    onSay(said);
    setText("");
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send();
    input.current?.focus();
  };
  const key = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (!isSendKey(event.nativeEvent)) return;
    event.preventDefault();
    send();
  };
  return (
    <form className="ChatFooter composer" onSubmit={submit}>
      <textarea
        ref={input}
        rows={1}
        value={text}
        maxLength={4000}
        enterKeyHint="send"
        autoComplete="off"
        data-testid="chat-input"
        aria-label={words.composerLabel}
        placeholder={isFieldOpen ? words.composerDuringAsk : words.composer}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={key}
      />
      <button type="submit" className="send" data-testid="chat-send" disabled={!text.trim()}>
        {words.send}
      </button>
    </form>
  );
}
