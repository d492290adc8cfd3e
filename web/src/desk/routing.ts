/** The address after #: a page and its parameters. What is private never stands in it. */
import { useSyncExternalStore } from "react";

export interface Route {
  path: string;
  params: URLSearchParams;
}

function current(): string {
  return location.hash.replace(/^#\/?/, "");
}

function subscribe(changed: () => void): () => void {
  window.addEventListener("hashchange", changed);
  return () => window.removeEventListener("hashchange", changed);
}

export function readRoute(hash: string): Route {
  const [path = "", query = ""] = hash.split("?", 2);
  return { path: decoded(path), params: new URLSearchParams(query) };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** The open page; draws anew when the address changes. */
export function useRoute(): Route {
  return readRoute(useSyncExternalStore(subscribe, current));
}

export function hashOf(path: string, params: Record<string, string | undefined> = {}): string {
  const set = Object.entries(params).filter((one): one is [string, string] => Boolean(one[1]));
  const query = new URLSearchParams(set).toString();
  return `#/${path}${query ? `?${query}` : ""}`;
}

/** Opens a page; `replace` leaves no step in the browser's history. */
export function go(path: string, params: Record<string, string | undefined> = {}, replace = false) {
  const hash = hashOf(path, params);
  if (!replace) location.hash = hash;
  else {
    history.replaceState(null, "", hash);
    window.dispatchEvent(new HashChangeEvent("hashchange"));
  }
}
