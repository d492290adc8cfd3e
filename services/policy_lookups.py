"""What the packs say about themselves: topics, places, words. No decisions."""

from collections.abc import Callable, Iterable
from datetime import date

from rules_engine import regions
from rules_engine.fact_words import amount_in_words
from rules_engine.filing_change import limit_months
from rules_engine.long_term_stay import DEFINITION, months_wanted
from rules_engine.packs import PackSet

FILING_TERM, CRITICAL_TERM = "备案", "大病保险"  # as terms.yml names them


class PolicyLookups:
    """Looks up topics, places and words in the packs. `today` reads the day in the place where people are."""

    def __init__(self, packs: PackSet, today: Callable[[], date]) -> None:
        self.packs, self._today = packs, today

    def topic_title(self, topic: str) -> str:
        """The topic's Chinese title. Raises UnknownTopic."""
        self.packs.check_topic(topic)
        return self.packs.topics[topic].title

    def has_topic(self, topic: str) -> bool:
        """Whether that can be asked."""
        return topic in self.packs.topics

    def covered_region_names(self) -> tuple[tuple[str, str], ...]:
        """Code and short name of each pooling area that has a policy pack."""
        return tuple((code, short_name_of(code)) for code in self.packs.covered)

    def place_name(self, code: str) -> str:
        """The place's short name; 全国 for the national layer."""
        return short_name_of(code)

    def documents_of(self, insured_region: str) -> frozenset[str]:
        """The documents that answers for that region rest on."""
        codes = (self.packs.area_of(insured_region), regions.NATIONAL)
        return frozenset(v.citation.document for c in codes for p in self.packs.provisions(c) for v in p.versions)

    def place_names(self, codes: Iterable[str]) -> tuple[tuple[str, str], ...]:
        """Code and full name of places that share a name, so that a person can pick one."""
        return tuple((code, regions.display_name(code)) for code in codes)

    def place_words(self, insured_region: str | None) -> dict[str, str]:
        """Words for a question to someone insured there: the place, its province, and the months that count there."""
        words = {"insured": "参保地", "province": "本省", "elsewhere": "别的地方"}
        words |= {"limit": "规定的月数", "long_term": "长期", "long_term_hint": ""}
        if insured_region is None or insured_region == regions.NATIONAL:
            return words
        words |= {"insured": short_name_of(insured_region), "province": regions.province_of(insured_region).short_name}
        limit = limit_months(self.packs.provisions(insured_region), self._today())
        if limit is not None:
            words["limit"] = amount_in_words(limit, "months")
        stay = months_wanted(self.packs.provisions(insured_region, DEFINITION), self._today())
        if stay is not None:
            words["long_term"] = f"{amount_in_words(stay, 'months')}以上"
            words["long_term_hint"] = f"（{words['long_term']}）"
        return words

    def meant_after(self, before: str | None, topic: str) -> str:
        """The topic a question means that comes after another one: 要什么单子, after a claim, is the claim's papers."""
        context = self.packs.topics[before].in_context if before else {}
        return context.get(topic, topic)

    def topic_for_care(self, topic: str | None, care_type: str | None) -> str | None:
        """The topic that goes on when another kind of care is named: 那住院呢, after the outpatient clinic."""
        return self.packs.topics[topic].for_care.get(care_type or "", topic) if topic else None

    def general_term(self, topic: str) -> str | None:
        """What the topic's word means in general, before any place is known; None where it has none."""
        term = self.packs.topics[topic].term
        return self.explain_term(term) if term else None

    def explain_term(self, word: str) -> str | None:
        """What an official word means, with a small example where there is one; None for a word not in terms.yml."""
        for name, row in self.packs.terms.items():
            if word in (name, row["identifier"], *row.get("aliases", ())):
                return f"{name}：{row['says']}{row.get('example', '')}"
        return None


def short_name_of(code: object) -> str:
    """The place's short name; 全国 for the national layer; "" for what is no code."""
    return regions.short_name(code) if isinstance(code, str) else ""
