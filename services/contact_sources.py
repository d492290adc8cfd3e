"""Whom to ask in a region, each number with the document that prints it."""

import re
from dataclasses import dataclass

from rules_engine.decision import Citation
from rules_engine.packs import Contact, PackSet
from rules_engine.provisions import Version

CONTACT = "contact"


@dataclass(frozen=True)
class Printed:
    """A contact, and where its number is printed; None where no provision prints it."""

    contact: Contact
    citation: Citation | None


def contacts_with_sources(packs: PackSet, region: str) -> tuple[Printed, ...]:
    """The contacts of that region alone, in the order of its file; () where its documents print none."""
    return tuple(
        Printed(contact, _source_of(contact, packs)) for contact in packs.contacts if contact.region == region
    )


def _source_of(contact: Contact, packs: PackSet) -> Citation | None:
    """Where the number stands, not as part of a longer one: what is about contacts before what only mentions one."""
    number = re.compile(rf"(?<![\d-]){re.escape(contact.phone)}(?!\d)")
    provisions = sorted(packs.provisions(contact.region), key=lambda provision: provision.topic != CONTACT)
    printing = (v for provision in provisions for v in reversed(provision.versions) if number.search(_text_of(v)))
    return next((version.citation for version in printing), None)


def _text_of(version: Version) -> str:
    words = version.wording
    return "\n".join((str(version.value), words.says, *words.to_do, words.detail))
