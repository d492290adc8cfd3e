"""Reads policy packs: the only place that knows their YAML."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import YAMLError

from rules_engine import pack_checks, pack_conflicts, regions
from rules_engine.decision import Citation, Wording
from rules_engine.errors import NoPoolingCity, PackError, UnknownTopic
from rules_engine.provisions import Provision, Version
from rules_engine.regions import NATIONAL

PACKS_DIR = Path(__file__).resolve().parent.parent / "policy_packs"


@dataclass(frozen=True)
class Topic:
    """What can be asked: its Chinese title and the topics people ask next.

    `term` is the word of terms.yml that answers the question in general, before any place is known.
    `in_context`: what another topic's question means when it comes after this one.
    `for_care`: the topic that answers instead for another kind of care (a value of care_type).
    """

    id: str
    title: str
    next: tuple[str, ...] = ()
    term: str = ""
    in_context: Mapping[str, str] = field(default_factory=dict)
    for_care: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Contact:
    """Whom to ask where the documents are silent; about `topics` only, where there are any."""

    name: str
    phone: str
    region: str
    topics: tuple[str, ...] = ()


@dataclass(frozen=True)
class PackSet:
    """All packs of one folder, checked."""

    all_provisions: Mapping[str, tuple[Provision, ...]]  # by region code, NATIONAL included
    topics: Mapping[str, Topic]
    terms: Mapping[str, Mapping[str, Any]]
    contacts: tuple[Contact, ...]
    value_words: Mapping[str, str]  # the Chinese of values that are words

    def provisions(self, region: str, topic: str | None = None) -> tuple[Provision, ...]:
        """The region's provisions, on one topic or on all; () where there is none."""
        return self._by_topic.get((region, topic), ())

    def has_region(self, region: str) -> bool:
        """Whether any pack is about that pooling area, or province."""
        return region in self.all_provisions

    @cached_property
    def covered(self) -> tuple[str, ...]:
        """Codes of the pooling areas and provinces that have a pack: all layers but the national one."""
        return tuple(code for code in self.all_provisions if code != NATIONAL)

    def area_of(self, code: str) -> str:
        """The pooling area a place belongs to: the innermost one with a pack, otherwise its city.

        高邮, which pools for itself, has its own; its neighbours answer with 扬州. A province stays as it is.
        Raises UnknownRegion.
        """
        if code == NATIONAL:
            return code
        here = regions.region(code)
        while here.level != "province":
            if here.code in self.all_provisions:
                return here.code
            here = regions.region(here.parent_code)
        try:
            return regions.pooling_city_of(code).code
        except NoPoolingCity:
            return code

    def layers(self, area: str) -> tuple[str, ...]:
        """The packs that bind in an area, the most particular first: its own, then its province's."""
        if area == NATIONAL:
            return (NATIONAL,) if self.has_region(NATIONAL) else ()
        return tuple(code for code in dict.fromkeys((area, regions.province_of(area).code)) if self.has_region(code))

    def contacts_for(self, area: str | None, topic: str | None = None) -> tuple[Contact, ...]:
        """Whom to ask in that area: about the topic first, then in general, then the national line."""
        rows = [c for code in (area, NATIONAL) if code for c in self.contacts if c.region == code]
        about = [c for c in rows if topic in c.topics]
        return tuple(dict.fromkeys((*about, *(c for c in rows if not c.topics))))

    def check_topic(self, topic: str) -> None:
        """Raises UnknownTopic for a topic that policy_packs/topics.yml does not list."""
        if topic not in self.topics:
            raise UnknownTopic(topic, self.topics)

    def provision(self, full_id: str) -> Provision:
        """The provision with that full id, as in weihai.share_borne.temporary_care. Raises KeyError."""
        return self._by_id[full_id]

    @cached_property
    def _by_topic(self) -> dict[tuple[str, str | None], tuple[Provision, ...]]:
        index: dict[tuple[str, str | None], list[Provision]] = {}
        for region, provisions in self.all_provisions.items():
            for provision in provisions:
                index.setdefault((region, provision.topic), []).append(provision)
                index.setdefault((region, None), []).append(provision)
        return {key: tuple(found) for key, found in index.items()}

    @cached_property
    def _by_id(self) -> dict[str, Provision]:
        return {p.id: p for provisions in self.all_provisions.values() for p in provisions}


def read_yaml(path: Path) -> dict[str, Any]:
    """The file's mapping. Raises PackError for no such file, not YAML, a duplicate key or not a mapping."""
    if not path.is_file():
        raise PackError(f"{path.parent.name}/{path.name}", "没有这个文件", "请补上，或核对放政策包的文件夹")
    try:
        content = YAML(typ="safe").load(path)
    except DuplicateKeyError as fault:
        line = fault.problem_mark.line + 1
        raise PackError(f"{path.name} 第{line}行", "同一个键写了两次", "请删去其中一个") from fault
    except YAMLError as fault:
        mark = getattr(fault, "problem_mark", None)
        line_text = f" 第{mark.line + 1}行" if mark else ""
        raise PackError(f"{path.name}{line_text}", "不是合格的YAML", "请检查缩进、冒号和引号") from fault
    if not isinstance(content, dict):
        raise PackError(path.name, "最外层不是「键: 值」", "请照 policy_packs/README.md 的样子写")
    return content


def load(folder: Path = PACKS_DIR) -> PackSet:
    """Every pack below the folder, checked. Raises PackError naming file, provision and remedy."""
    topics = _topics(folder)
    by_region: dict[str, list[Provision]] = {}
    for path in (*sorted(folder.glob("regions/*/*.yml")), *sorted(folder.glob("national/*.yml"))):
        content = read_yaml(path)
        if "provisions" in content:
            region, provisions = _pack(path, content, topics)
            by_region.setdefault(region, []).extend(provisions)
    pack_conflicts.check_ids(provision for found in by_region.values() for provision in found)
    for provisions in by_region.values():
        pack_conflicts.check_region(provisions)
    value_words = _optional_section(folder / "value_words.yml", "value_words")
    pack_checks.check_value_words((p for found in by_region.values() for p in found), value_words)
    terms = _section(folder / "terms.yml", "terms")
    regions_found = {code: tuple(found) for code, found in by_region.items()}
    return PackSet(regions_found, topics, terms, _contacts(folder, topics), value_words)


def _section(path: Path, key: str) -> Any:
    """What stands below the file's one key. Raises PackError."""
    content = read_yaml(path)
    pack_checks.need(path.name, content, (key,))
    return content[key]


def _optional_section(path: Path, key: str) -> Any:
    """What stands below the file's one key, {} without such a file. Raises PackError."""
    return _section(path, key) or {} if path.is_file() else {}


def _topics(folder: Path) -> dict[str, Topic]:
    topics = {}
    for name, row in _section(folder / "topics.yml", "topics").items():
        pack_checks.need(f"topics.yml 的 {name}", row, ("title",))
        topics[name] = Topic(
            name, row["title"], tuple(row.get("next", ())), row.get("term", ""), row.get("in_context", {}),
            row.get("for_care", {}),
        )
    return topics


def _contacts(folder: Path, topics: Mapping[str, Topic]) -> tuple[Contact, ...]:
    """The contacts of every region, each region's in the order of its file, and the national ones."""
    contacts = []
    for path in (*sorted(folder.glob("regions/*/contacts.yml")), folder / "national" / "contacts.yml"):
        for row in _section(path, "contacts") or ():
            pack_checks.check_contact(f"{path.parent.name}/contacts.yml", row, topics)
            contacts.append(Contact(row["name"], row["phone"], row["region"], tuple(row.get("topics", ()))))
    return tuple(contacts)


def _pack(path: Path, content: dict[str, Any], topics: Mapping[str, Topic]) -> tuple[str, list[Provision]]:
    where = f"{path.parent.name}/{path.name}"
    pack_checks.check_pack(where, content, topics)
    documents = _section(path.parent / "documents.yml", "documents")
    pack_checks.check_document(where, content["document"], documents)
    slips = _optional_section(path.parent / "conflicts.yml", "conflicts")
    pack_checks.check_slips(f"{path.parent.name}/conflicts.yml", slips)
    provisions = []
    for row in content["provisions"]:
        name = row.get("id", "（没有id）") if isinstance(row, dict) else row
        pack_checks.check_provision(f"{where} 的 {name}", row, topics, slips)
        provisions.append(_provision(where, content, row, documents, slips))
    return content["pooling_area"], provisions


def _provision(
    where: str, content: dict[str, Any], row: dict[str, Any], documents: dict[str, Any], slips: dict[str, Any]
) -> Provision:
    prefix = content["pack"]
    return Provision(
        id=f"{prefix}.{row['id']}",
        pack=prefix,
        title=row["title"],
        topic=row.get("topic", content["topic"]),
        unit=row["unit"],
        when=row.get("when", {}),
        versions=tuple(
            _version(where, version, row["unit"], content["document"], documents) for version in row["versions"]
        ),
        is_overview=row.get("overview", False),
        is_stated=row.get("stated", True),
        exceptions_to=tuple(f"{prefix}.{general}" for general in row.get("exception_to", ())),
        note=slips[row["conflict"]]["says"] if "conflict" in row else "",
    )


def _version(where: str, row: dict[str, Any], unit: str, document_id: str, documents: dict[str, Any]) -> Version:
    """A version rests on the pack's document unless its citation names another."""
    document_id = row["citation"].get("document", document_id)
    pack_checks.check_document(where, document_id, documents)
    document = documents[document_id]
    citation = Citation(
        document["title"], row["citation"]["article"], document["issued_on"], document["short_name"],
        document.get("issued_as", ""), document.get("source_kind", "leaflet"),
    )
    return Version(
        effective_from=row["effective_from"],
        effective_to=row["effective_to"],
        value=pack_checks.VALUE_READERS[unit](row["value"]),
        wording=Wording(row["says"].strip(), tuple(row.get("to_do", ())), row.get("detail", "").strip()),
        citation=citation,
        verified_on=row["verified_on"],
    )
