/** The policy pages: answers, provisions, comparison, changes, telephones; each has an address of its own. */
import "./answers.css";
import { hashOf, useRoute } from "../routing";
import { AnswersTab } from "./AnswersTab";
import { ChangesTab } from "./ChangesTab";
import { CompareTab } from "./CompareTab";
import { ContactsTab } from "./ContactsTab";
import { ProvisionsTab } from "./ProvisionsTab";
import { words } from "./words";

const TABS = {
  answers: AnswersTab, provisions: ProvisionsTab, compare: CompareTab, changes: ChangesTab, contacts: ContactsTab,
} as const;
type Name = keyof typeof TABS;
const NAMES = Object.keys(TABS) as Name[];

/** "answers" itself is the first tab, "answers/compare" another. */
export const addressOf = (name: Name) => (name === "answers" ? "answers" : `answers/${name}`);

export default function PolicyPage() {
  const { path } = useRoute();
  const open = NAMES.find((name) => addressOf(name) === path) ?? "answers";
  const Tab = TABS[open];
  return (
    <div className="policy">
      <nav className="tabs" aria-label={words.tabsLabel}>
        {NAMES.map((name) => (
          <a key={name} href={hashOf(addressOf(name))} aria-current={name === open ? "page" : undefined}>
            {words.tabs[name]}
          </a>
        ))}
      </nav>
      <Tab />
    </div>
  );
}
