/** Who is signed in at the desk, and what each role may open. */
import { createContext, useContext } from "react";
import { ApiProblem, get, post } from "./api";

export type Role = "agent" | "officer" | "admin";

export interface Region {
  code: string;
  name: string;
}

export interface Session {
  officer: { id: string; name: string; role: Role };
  regions: Region[];
  expires_at: string;
}

/** Null when nobody is signed in. ApiProblem when the server can't be asked. */
export async function whoIsThere(): Promise<Session | null> {
  try {
    return await get<Session>("/session");
  } catch (fault) {
    if (fault instanceof ApiProblem && fault.status === 401) return null;
    throw fault;
  }
}

export const signIn = (officer_id: string, password: string) => post<Session>("/login", { officer_id, password });
export const signOut = () => post("/logout");

export const SessionContext = createContext<Session | null>(null);

/** The session of the page that is open; pages are drawn only for somebody who is signed in. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error("a desk page was drawn without a session");
  return session;
}
