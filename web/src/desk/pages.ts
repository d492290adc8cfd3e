/** The desk's pages: one line each. `roles` may open it; it is loaded when it is first opened. */
import { type ComponentType, type LazyExoticComponent, lazy } from "react";
import { words as accountWords } from "./accounts/words";
import { words as answersWords } from "./answers/words";
import { costDeskWords } from "./cost/words";
import { words as filingWords } from "./filings/words";
import { listenWords } from "./listen/words";
import type { Role } from "./session";

export interface DeskPage {
  /** After "#/"; parameters follow a "?". */
  path: string;
  title: string;
  roles: readonly Role[];
  component: LazyExoticComponent<ComponentType>;
}

export const EVERYONE: readonly Role[] = ["agent", "officer", "admin"];

export const page = (
  path: string,
  title: string,
  roles: readonly Role[],
  load: () => Promise<{ default: ComponentType }>,
): DeskPage => ({ path, title, roles, component: lazy(load) });

/** In the order of the navigation; the first that a role may open is where it begins. */
export const pages: readonly DeskPage[] = [
  page("answers", answersWords.title, EVERYONE, () => import("./answers/PolicyPage")),
  page("queue", filingWords.queue.title, ["officer", "admin"], () => import("./filings/QueuePage")),
  page("filings", filingWords.search.title, EVERYONE, () => import("./filings/FilingsPage")),
  page("cost", costDeskWords.page, EVERYONE, () => import("./cost/CostPage")),
  page("conversations", listenWords.conversations.page, EVERYONE, () => import("./listen/ConversationsPage")),
  page("questions", listenWords.questions.page, EVERYONE, () => import("./listen/QuestionsPage")),
  page("figures", listenWords.figures.page, ["officer", "admin"], () => import("./listen/FiguresPage")),
  page("accounts", accountWords.list.title, ["admin"], () => import("./accounts/AccountsPage")),
  page("me", accountWords.me.title, EVERYONE, () => import("./accounts/MyAccountPage")),
];
