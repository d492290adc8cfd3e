import { useCallback, useEffect, useState } from "react";
import { sentenceOf, whenSignedOut } from "./api";
import { Frame } from "./Frame";
import { type Session, SessionContext, whoIsThere } from "./session";
import { SignIn } from "./SignIn";
import { words } from "./words";

type State =
  | { at: "asking" }
  | { at: "problem"; message: string }
  | { at: "out"; notice?: string }
  | { at: "in"; session: Session };

export function App() {
  const [state, setState] = useState<State>({ at: "asking" });

  const ask = useCallback(async () => {
    setState({ at: "asking" });
    try {
      const session = await whoIsThere();
      setState(session ? { at: "in", session } : { at: "out" });
    } catch (fault) {
      setState({ at: "problem", message: sentenceOf(fault) });
    }
  }, []);
  useEffect(() => {
    void ask();
    whenSignedOut(() => setState((was) => (was.at === "in" ? { at: "out", notice: words.signIn.expired } : was)));
  }, [ask]);

  if (state.at === "asking") return <p className="empty" role="status">{words.loading}</p>;
  if (state.at === "problem") {
    return (
      <main className="alone">
        <p className="error" role="alert">{state.message}</p>
        <button type="button" className="button" onClick={() => void ask()}>{words.problem.again}</button>
      </main>
    );
  }
  if (state.at === "out") return <SignIn notice={state.notice} onIn={(session) => setState({ at: "in", session })} />;
  return (
    <SessionContext.Provider value={state.session}>
      <Frame />
    </SessionContext.Provider>
  );
}
