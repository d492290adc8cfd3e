"""Whether everything a document states is in the packs, and everything in the packs is stated and tried by a case.

A region's checklist.yml goes through the document fact by fact. Each item names the provisions
that answer it, or says as `background` why it is no rule.
"""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rules_engine import pack_checks, regions
from rules_engine.errors import PackError, PolicyError
from rules_engine.fact_words import region_code
from rules_engine.packs import PackSet, read_yaml
from rules_engine.regions import NATIONAL, NATIONAL_NAME

CASES_DIR = Path(__file__).resolve().parent.parent / "tests" / "pack_cases"
CHECKLIST = "checklist.yml"
ITEM_KEYS = ("states", "provisions", "background")


class CoverageGaps(PolicyError):
    """What is missing between documents, packs and cases, one line each. In Chinese: policy officers read it."""

    def __init__(self, gaps: Sequence[str]) -> None:
        super().__init__("\n".join((f"覆盖不完整，有{len(gaps)}处：", *(f"- {gap}" for gap in gaps))))
        self.gaps = tuple(gaps)


class NoSuchFolder(PolicyError):
    """A place that has no folder of packs. In Chinese: policy officers read it."""


@dataclass(frozen=True)
class Item:
    """One fact of a document: what it states, the full ids that answer it, or why it is no rule."""

    key: str
    states: str
    provisions: tuple[str, ...]
    background: str


@dataclass(frozen=True)
class Checklist:
    """The items of one region's folder; `items` is None where the folder has no checklist."""

    region: str
    folder: str
    items: tuple[Item, ...] | None


def checklists(packs_folder: Path) -> tuple[Checklist, ...]:
    """One for the national folder, where it has one or has packs, and one for each region. Raises PackError."""
    found = [_checklist(folder[:6], path) for folder, path in _region_folders(packs_folder)]
    national = packs_folder / pack_checks.NATIONAL_FOLDER
    if (national / CHECKLIST).is_file() or any("provisions" in read_yaml(path) for path in national.glob("*.yml")):
        found.insert(0, _checklist(NATIONAL, national))
    return tuple(found)


def of_region(found: Sequence[Checklist], place: str, packs: PackSet) -> tuple[Checklist, ...]:
    """Those of one place, as people write it. Raises NoSuchFolder, UnreadableFact, UnknownRegion."""
    code = NATIONAL if place in (NATIONAL, NATIONAL_NAME) else region_code(place)
    codes = {code} if any(checklist.region == code for checklist in found) else {packs.area_of(code)}
    shown = tuple(checklist for checklist in found if checklist.region in codes)
    if not shown:
        raise NoSuchFolder(f"{regions.display_name(code)}没有政策包的文件夹。要加这个地区，用 new-region。")
    return shown


def numbers_of_cases(cases_folder: Path) -> Counter[str]:
    """How many cases expect each provision or overview, by full id. Raises PackError."""
    counted: Counter[str] = Counter()
    for path in sorted(cases_folder.glob("*.yml")):
        content = read_yaml(path)
        pack_checks.need(path.name, content, ("pack", "cases"))
        for row in content["cases"] or ():
            pack_checks.need(f"{path.name} 的 {row.get('name', '（没有name）')}", row, ("expect",))
            counted.update(_expected(content["pack"], row["expect"]))
    return counted


def lines(shown: Iterable[Checklist], packs: PackSet, cases: Mapping[str, int]) -> Iterator[str]:
    """Each item with its provisions and how many cases each has, or with the reason why it is no rule."""
    for checklist in shown:
        items = checklist.items or ()
        place, provisions = regions.display_name(checklist.region), packs.provisions(checklist.region)
        yield f"# {place}：{len(items)}项，{len(provisions)}条规定"
        for item in items:
            yield f"{item.key}  {item.states}"
            yield from (f"  {provision}  {cases.get(provision, 0)}个例子" for provision in item.provisions)
            if item.background:
                yield f"  不是规定：{item.background}"
        yield ""


def gaps(shown: Sequence[Checklist], packs: PackSet, cases: Mapping[str, int]) -> Iterator[str]:
    """Each thing that is missing, in one sentence that says what to do."""
    existing = {p.id for found in packs.all_provisions.values() for p in found}
    for checklist in shown:
        if checklist.items is None:
            yield f"{checklist.folder}：没有 {CHECKLIST}。请逐条列出文件写了什么。"
            continue
        yield from _gaps_of_items(checklist, checklist.items, existing)
    listed = {name for checklist in shown for item in checklist.items or () for name in item.provisions}
    for checklist in shown:
        for provision in packs.provisions(checklist.region):
            if provision.id not in listed:
                yield f"{provision.id}（{provision.title}）：不在 {CHECKLIST} 的任何一项里。请写进它所依据的那一项。"
            if not cases.get(provision.id):
                yield f"{provision.id}（{provision.title}）：没有例子。请在 tests/pack_cases 里补一个期望它的例子。"


def counts_in_words(shown: Sequence[Checklist], packs: PackSet) -> str:
    """How much there is: 2个地区，120项，200条规定，每条都有例子."""
    items = sum(len(checklist.items or ()) for checklist in shown)
    provisions = sum(len(packs.provisions(checklist.region)) for checklist in shown)
    return f"{len(shown)}份清单，{items}项，{provisions}条规定，每条都有例子"


def _gaps_of_items(checklist: Checklist, items: Iterable[Item], existing: Container[str]) -> Iterator[str]:
    for item in items:
        where = f"{checklist.folder}/{CHECKLIST} 的 {item.key}"
        if not item.provisions and not item.background:
            yield f"{where}（{item.states}）：没有对应的规定。请写 provisions；不是规定的，在 background 里写明为什么。"
        for name in item.provisions:
            if name not in existing:
                yield f"{where}：没有叫 {name} 的规定。请核对名字，要写全名，例如 weihai.change.within_limit。"


def _region_folders(packs_folder: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted((packs_folder / "regions").glob("*")):
        if path.is_dir():
            yield path.name, path


def _checklist(region: str, folder: Path) -> Checklist:
    path = folder / CHECKLIST
    if not path.is_file():
        return Checklist(region, folder.name, None)
    where = f"{folder.name}/{CHECKLIST}"
    content = read_yaml(path)
    pack_checks.need(where, content, ("checklist",))
    rows = content["checklist"] or {}
    pack_checks.need(where, rows, ())
    return Checklist(region, folder.name, tuple(_item(f"{where} 的 {key}", str(key), row) for key, row in rows.items()))


def _item(where: str, key: str, row: Any) -> Item:
    pack_checks.need(where, row, ("states",))
    strange = [str(name) for name in row if name not in ITEM_KEYS]
    if strange:
        raise PackError(where, f"键 {'、'.join(strange)} 不认识", f"请改正或删去；可以用 {'、'.join(ITEM_KEYS)}")
    provisions = row.get("provisions") or ()
    if isinstance(provisions, str):
        raise PackError(where, "provisions 不是清单", f"请写成 [{provisions}] 这样，带方括号")
    return Item(key, str(row["states"]), tuple(provisions), str(row.get("background") or "").strip())


def _expected(pack: str, expect: Mapping[str, Any]) -> set[str]:
    """The full ids that a case expects; a case may name one of another pack in full."""
    names = {expect[kind] for kind in ("provision", "overview") if expect.get(kind)}
    return {full for name in names for full in (name, f"{pack}.{name}")}
