/** Accounts as the desk's API gives them, and the calls for them. */
import { get, post } from "../api";
import type { Region, Role, Session } from "../session";

export interface Account {
  id: string;
  name: string;
  role: Role;
  has_all_regions: boolean;
  regions: Region[];
  is_active: boolean;
}

export interface AccountEvent {
  at: string;
  actor: string;
  event: string;
  title: string;
  account: string;
}

export interface NewAccount {
  officer_id: string;
  name: string;
  role: Role;
  regions: readonly string[];
}

type WithPassword = { account: Account; password: string };
const at = (id: string, step: string) => `/accounts/${encodeURIComponent(id)}/${step}`;

export const listed = () => get<{ accounts: Account[]; regions: Region[] }>("/accounts");
export const events = () => get<{ events: AccountEvent[] }>("/accounts/events");
export const add = (account: NewAccount) => post<WithPassword>("/accounts", account);
export const newPassword = (id: string) => post<WithPassword>(at(id, "password"));
export const setRole = (id: string, role: Role, regions: readonly string[]) =>
  post<{ account: Account }>(at(id, "role"), { role, regions });
export const setActive = (id: string, isActive: boolean) =>
  post<{ account: Account }>(at(id, isActive ? "enable" : "disable"));
export const changePassword = (present: string, password: string) => post<Session>("/password", { present, password });
export const signOutEverywhere = () => post("/logout/everywhere");
