/** Around every page of the desk: who is signed in, the way to the others, the list of keys. */
import { Component, type ReactNode, Suspense, useEffect, useMemo, useState } from "react";
import { sentenceOf } from "./api";
import { Keys } from "./Keys";
import { pages } from "./pages";
import { hashOf, useRoute } from "./routing";
import { signOut, useSession } from "./session";
import { useShortcuts } from "./shortcuts";
import { words } from "./words";

export function Frame() {
  const { officer } = useSession();
  const { path } = useRoute();
  const own = pages.filter((one) => one.roles.includes(officer.role));
  const root = path.split("/", 1)[0];
  const open = root ? pages.find((one) => one.path === root) : own[0];
  const isAllowed = open?.roles.includes(officer.role) ?? false;
  const title = open && isAllowed ? open.title : words.title;
  const [isListing, setListing] = useState(false);
  useShortcuts(useMemo(() => [{ key: "?", says: words.keysTitle, run: () => setListing(true) }], []));
  useEffect(() => {
    document.title = `${title} · ${words.title}`;
  }, [title]);

  const [problem, setProblem] = useState<string | null>(null);
  const leave = () => signOut().then(startAnew, (fault: unknown) => setProblem(sentenceOf(fault)));
  return (
    <div className="desk">
      <a className="skip" href="#main" onClick={skip}>{words.skip}</a>
      <header className="bar">
        <strong className="brand">{words.title}</strong>
        <nav aria-label={words.pages}>
          {own.map((one) => (
            <a key={one.path} href={hashOf(one.path)} aria-current={one === open ? "page" : undefined}>{one.title}</a>
          ))}
        </nav>
        <span className="who">
          {officer.name} <span className="badge">{words.role[officer.role]}</span>
        </span>
        <button type="button" className="button quiet" onClick={() => setListing(true)}>{words.keys}</button>
        <button type="button" className="button quiet" data-testid="desk-sign-out" onClick={() => void leave()}>
          {words.signIn.out}
        </button>
      </header>
      <main id="main" tabIndex={-1}>
        <h1 className="sr-only">{title}</h1>
        {problem && <p className="error" role="alert">{problem}</p>}
        {!open && <p className="empty">{words.noPage}</p>}
        {open && !isAllowed && <p className="error" role="alert">{words.notAllowed}</p>}
        {open && isAllowed && (
          <Boundary key={open.path}>
            <Suspense fallback={<p className="empty" role="status">{words.loading}</p>}>
              <open.component />
            </Suspense>
          </Boundary>
        )}
      </main>
      {isListing && <Keys onClose={() => setListing(false)} />}
    </div>
  );
}

/** Nothing the page has in memory, nor in its address, is left for who sits down next. */
function startAnew() {
  history.replaceState(null, "", location.pathname);
  location.reload();
}

/** The address after # belongs to the pages, so the link moves the focus itself. */
function skip(event: { preventDefault: () => void }) {
  event.preventDefault();
  document.getElementById("main")?.focus();
}

/** A page that breaks says so and leaves the others usable. */
class Boundary extends Component<{ children: ReactNode }, { isBroken: boolean }> {
  state = { isBroken: false };
  static getDerivedStateFromError() {
    return { isBroken: true };
  }
  render() {
    return this.state.isBroken ? <p className="error" role="alert">{words.problem.drawn}</p> : this.props.children;
  }
}
