import { createContext, useContext } from "react";
import type { Judged } from "../feedback";
import type { ChatActions } from "../useChat";

export const ActionsContext = createContext<ChatActions | null>(null);

/** What the person thinks of answers, by the message's number. */
export const JudgedContext = createContext<Judged>({});

/** What a card or button may do. Throws outside the app. */
export function useActions(): ChatActions {
  const actions = useContext(ActionsContext);
  if (!actions) throw new Error("useActions is used outside ActionsContext");
  return actions;
}
