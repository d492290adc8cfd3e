import { type ClipboardEvent, type FormEvent, type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from "react";
import { BillButton } from "../bill/BillButton";
import { BillSheet } from "../bill/BillSheet";
import { pastedBill } from "../bill/pasted";
import { useBill } from "../bill/useBill";
import type { AskCustom } from "../protocol";
import { VoiceInput } from "../speech/VoiceInput";
import { words } from "../words";
import { keepDraft, readDraft } from "./draft";
import { isSendKey } from "./keys";
import { tidyMessage } from "./tidy";

interface Props {
  /** What was half written before belongs to a conversation that was left behind. */
  isAfresh: boolean;
  /** The field that is open. */
  ask: AskCustom | null;
  onSay: (text: string) => void;
}

export function Composer({ isAfresh, ask, onSay }: Props) {
  const [text, setText] = useState(isAfresh ? "" : readDraft);
  const input = useRef<HTMLTextAreaElement>(null);
  const bill = useBill();

  useEffect(() => keepDraft(text), [text]);
  useLayoutEffect(() => {
    const element = input.current;
    if (!element) return;
    element.style.height = "auto";
    element.style.height = `${element.scrollHeight}px`;
  }, [text]);

  const send = () => {
    const said = tidyMessage(text);
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
  const paste = (event: ClipboardEvent<HTMLTextAreaElement>) => {
    const file = pastedBill(event.clipboardData.getData("text/plain"));
    if (!file) return;
    event.preventDefault();
    bill.choose(file);
  };
  return (
    <>
      <form className="ChatFooter composer" onSubmit={submit}>
        <BillButton onChoose={bill.choose} />
        <textarea
          ref={input}
          rows={1}
          value={text}
          maxLength={4000}
          enterKeyHint="send"
          autoComplete="off"
          data-testid="chat-input"
          aria-label={words.composerLabel}
          placeholder={ask ? words.composerDuringAsk : words.composer}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={key}
          onPaste={paste}
        />
        {/* What is private isn't spoken into a browser that sends it on. */}
        {!ask?.sensitive && <VoiceInput text={text} onText={setText} />}
        <button type="submit" className="send" data-testid="chat-send" disabled={!text.trim()}>
          {words.send}
        </button>
      </form>
      <BillSheet reading={bill.reading} onRetry={bill.choose} onClose={bill.close} />
    </>
  );
}
