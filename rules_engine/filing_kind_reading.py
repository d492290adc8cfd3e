"""Reads one region's filing_kinds.yml; every fault is refused in words a policy officer understands.

Whether what it says agrees with the region's provisions is for filing_kind_checks.
"""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from rules_engine import pack_checks
from rules_engine.decision import Citation
from rules_engine.errors import PackError
from rules_engine.facts import FACT_NAMES
from rules_engine.filing_kind import ACTIONS, ELSEWHERE, FilingKind, KnockOut, LifeRule, Note, Paper, Renewal, Validity
from rules_engine.filing_kind_rows import (
    check_kind,
    check_periods,
    check_region,
    flag,
    keys,
    known_facts,
    listed,
    mapping,
    one_of,
    text,
    words,
)
from rules_engine.packs import read_yaml

Cite = Callable[[str, Any], Citation]


def read_kinds(path: Path) -> tuple[FilingKind, ...]:
    """The kinds in the order of the file. Raises PackError."""
    where = f"{path.parent.name}/{path.name}"
    content = read_yaml(path)
    keys(where, content, ("pooling_area", "document", "kinds"))
    check_region(where, content["pooling_area"])
    document = text(where, "document", content["document"])
    cite = partial(_citation, where, document, _documents(path))
    rows = listed(f"{where} 的 kinds", content["kinds"])
    kinds = tuple(_kind(_place(where, row), content["pooling_area"], row, cite) for row in rows)
    if not kinds:
        raise PackError(where, "kinds 下面一种都没有", "请至少写一种，前面加短横；不能在这里办备案的地区，不用这个文件")
    check_periods(where, kinds)
    _check_letter(where, path, kinds)
    return kinds


def _documents(path: Path) -> Mapping[str, Any]:
    documents = read_yaml(path.parent / "documents.yml")
    pack_checks.need(f"{path.parent.name}/documents.yml", documents, ("documents",))
    return mapping(f"{path.parent.name}/documents.yml", documents["documents"])


def _citation(where: str, document_id: str, documents: Mapping[str, Any], place: str, article: Any) -> Citation:
    if not isinstance(article, str) or not article.strip():  # said so plainly, for it is the commonest omission
        raise PackError(place, "没有写依据（article）", "请写明出自文件的哪一条")
    pack_checks.check_document(where, document_id, documents)
    document = documents[document_id]
    return Citation(
        document["title"], article, document["issued_on"], document["short_name"],
        document.get("issued_as", ""), document.get("source_kind", "leaflet"),
    )


def _place(where: str, row: Any) -> str:
    name = row.get("kind", "（没有kind）") if isinstance(row, Mapping) else row
    return f"{where} 的 {name}"


def _kind(where: str, region: str, row: Any, cite: Cite) -> FilingKind:
    check_kind(where, row)
    place = row.get("place", {})
    return FilingKind(
        region=region, kind=row["kind"], title=row["title"], situation=row["situation"],
        decided_by=row["decided_by"], elsewhere_topic=row.get("elsewhere_topic"),
        fields=tuple(row.get("fields", ())), reasons=dict(row.get("reasons", {})),
        knock_outs=_knock_outs(f"{where} 的 knock_outs", row.get("knock_outs", [])),
        place_scope=tuple(place.get("scope", ())), province_level=frozenset(place.get("province_level", ())),
        starts=row.get("starts", ""), papers=_papers(where, row, cite), renewal=_renewal(where, row),
        letter=flag(where, "letter", row.get("letter", False)), validity=_validity(row.get("validity", "not_stated")),
        counts_from=row.get("counts_from"), notes_before=_notes(where, "notes_before", row, cite),
        notes_after=_notes(where, "notes_after", row, cite), citation=cite(where, row["article"]),
        effective_from=row["effective_from"], effective_to=row["effective_to"], verified_on=row["verified_on"],
        life=_life(where, row, cite), reason_groups=dict(row.get("reason_groups", {})),
    )


def _knock_outs(where: str, rows: Any) -> tuple[KnockOut, ...]:
    return tuple(_knock_out(where, row) for row in listed(where, rows))


def _knock_out(where: str, row: Any) -> KnockOut:
    keys(where, row, ("topic", "asks", "passes"), ("facts",))
    facts = known_facts(f"{where} 的 facts", row.get("facts", {}))
    asks = words(f"{where} 的 asks", row["asks"])
    for name in asks:
        one_of(f"{where} 的 asks", "其中一项", name, FACT_NAMES)
    passes = listed(f"{where} 的 passes", row["passes"])
    for value in passes:
        if value is not None:  # null: decided, without a value
            text(f"{where} 的 passes", "其中一项", value)
    return KnockOut(text(where, "topic", row["topic"]), facts, asks, tuple(passes))


def _papers(where: str, row: Mapping[str, Any], cite: Cite) -> tuple[Paper, ...]:
    place = f"{where} 的 papers"
    papers = tuple(_paper(place, one, cite) for one in listed(place, row.get("papers", [])))
    names = [paper.id for paper in papers]
    twice = [name for name in dict.fromkeys(names) if names.count(name) > 1]
    if twice:
        raise PackError(where, f"papers 里 {'、'.join(twice)} 写了两次", "请删去一个")
    return papers


def _paper(where: str, row: Any, cite: Cite) -> Paper:
    keys(where, row, ("id", "title", "examples", "required", "article"))
    place = f"{where} 的 {row['id']}"
    if not isinstance(row["id"], str) or not row["id"].isascii() or not row["id"].isidentifier():
        raise PackError(where, f"id {row['id']} 不能用", "请用小写英文和下划线，例如 residence_proof")
    title, examples = text(place, "title", row["title"]), text(place, "examples", row["examples"])
    return Paper(row["id"], title, examples, flag(place, "required", row["required"]), cite(place, row["article"]))


def _renewal(where: str, row: Mapping[str, Any]) -> Renewal | None:
    if "renewal" not in row:
        return None
    place = f"{where} 的 renewal"
    keys(place, row["renewal"], ("optional_papers",))
    optional = words(f"{place} 的 optional_papers", row["renewal"]["optional_papers"])
    strange = [name for name in optional if name not in [paper["id"] for paper in row.get("papers", ())]]
    if strange:
        raise PackError(place, f"papers 里没有 {'、'.join(strange)}", "请写 papers 里的 id")
    return Renewal(optional)


def _validity(value: Any) -> Validity:
    return Validity("months", value["months"]) if isinstance(value, Mapping) else Validity(value)


def _notes(where: str, key: str, row: Mapping[str, Any], cite: Cite) -> tuple[Note, ...]:
    place = f"{where} 的 {key}"
    return tuple(_note(place, one, cite) for one in listed(place, row.get(key, [])))


def _note(where: str, row: Any, cite: Cite) -> Note:
    keys(where, row, ("says", "article"))
    return Note(text(where, "says", row["says"]), cite(where, row["article"]))


def _life(where: str, row: Mapping[str, Any], cite: Cite) -> dict[str, LifeRule]:
    if row["decided_by"] == ELSEWHERE:
        return {}
    place = f"{where} 的 life"
    keys(place, row["life"], tuple(ACTIONS))
    return {action: _life_rule(f"{place} 的 {action}", row["life"][action], cite) for action in ACTIONS}


def _life_rule(where: str, row: Any, cite: Cite) -> LifeRule:
    if isinstance(row, Mapping) and "says" in row:
        return LifeRule(note=_note(where, row, cite))
    may_have = ("facts", "allowed", "refused", "papers", "with_papers", "after_expiry")
    keys(where, row, ("topics",), may_have)
    topics = words(f"{where} 的 topics", row["topics"])
    if not topics:
        raise PackError(where, "topics 下面一个都没有", "请写由哪个话题定；文件没写的，改写 says 和 article")
    return LifeRule(
        topics=topics,
        facts=known_facts(f"{where} 的 facts", row.get("facts", {})),
        allowed=words(f"{where} 的 allowed", row.get("allowed", [])),
        refused=words(f"{where} 的 refused", row.get("refused", [])),
        papers=_papers(where, row, cite),
        with_papers=known_facts(f"{where} 的 with_papers", row.get("with_papers", {})),
        is_after_expiry=flag(where, "after_expiry", row.get("after_expiry", False)),
    )


def _check_letter(where: str, path: Path, kinds: tuple[FilingKind, ...]) -> None:
    with_letter = [kind.kind for kind in kinds if kind.letter]
    if with_letter and not (path.parent / "commitment_letter.yml").is_file():
        raise PackError(where, f"{'、'.join(with_letter)} 要签承诺书，却没有 commitment_letter.yml",
                        "请补上承诺书，或删去 letter")
