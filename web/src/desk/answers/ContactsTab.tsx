/** Whom to ask, each number with the document that prints it. */
import { RegionField } from "./Fields";
import { Problem, SourceLine } from "./Parts";
import type { RegionContacts } from "./types";
import { useAsked } from "./usePolicy";
import { useParams } from "./useParams";
import { words } from "./words";

export function ContactsTab() {
  const [params, set] = useParams("answers/contacts");
  const region = params.get("region") ?? "";
  const { answer, problem, again, isBusy } = useAsked<{ regions: RegionContacts[] }>("/contacts", { region });
  return (
    <>
      <div className="panel toolbar">
        <RegionField title={words.provisions.region} all={words.provisions.all} value={region} onChange={(value) => set({ region: value })} />
      </div>
      {problem && <Problem text={problem} again={again} />}
      <div aria-busy={isBusy}>
        {answer?.regions.map((one) => (
          <section key={one.region} className="panel" data-testid={`desk-contacts-${one.region}`}>
            <h2>{one.region_name}</h2>
            {one.contacts.length === 0 && <p>{words.contacts.none}</p>}
            <ul className="contacts">
              {one.contacts.map((contact) => (
                <li key={contact.name + contact.phone}>
                  <a href={`tel:${contact.phone}`} className="phone">{contact.phone}</a> {contact.name}
                  {contact.topics.length > 0 && <span className="badge">{words.contacts.topics(contact.topics.join("、"))}</span>}
                  <span className="hint printed">
                    {contact.citation ? <>{words.contacts.printed}<SourceLine source={contact.citation} /></> : words.contacts.noSource}
                  </span>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </>
  );
}
