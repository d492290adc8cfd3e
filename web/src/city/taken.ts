/** By which city's rules the assistant answers: what the server says of each message, never what the page remembers. Pure. */
import type { Message } from "../messages";
import type { Covered, Region } from "../protocol";

/** The place that holds after the last message; null before one is known. */
export function cityTaken(messages: Message[]): Region | null {
  for (let at = messages.length - 1; at >= 0; at--) {
    const message = messages[at];
    if (message?.from === "user" && message.delivery === "sent") return message.insured ?? null;
  }
  return null;
}

/** The city that the last stored message of the person names and nothing else: tapped, or as good as. */
export function cityTapped(messages: Message[], regions: Covered[]): string | null {
  const own = messages.filter((message) => message.from === "user" && message.delivery === "sent");
  const last = own[own.length - 1];
  const city = regions.find((region) => last?.text === region.title || last?.text === region.name);
  return city && city.code === last?.insured?.code ? city.code : null;
}

/** Nothing was said but where the person is insured: what can be done is still to be chosen. */
export function isOnlyCitySaid(messages: Message[], regions: Covered[]): boolean {
  const own = messages.filter((message) => message.from === "user");
  return own.length > 0 && own.every((message) => regions.some((region) => region.title === message.text));
}
