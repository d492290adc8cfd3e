"""A folder for a region without packs: everything to fill in, and nothing that answers before it is filled in."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from string import Template

from rules_engine import regions
from rules_engine.errors import NoPoolingCity, PolicyError
from rules_engine.fact_words import region_code
from rules_engine.packs import PackSet
from rules_engine.regions import Region

TEMPLATES = Path(__file__).resolve().parent / "region_template"
FILES = ("documents.yml", "checklist.yml", "rules.yml", "contacts.yml", "conflicts.yml")
SLUG = re.compile(r"[a-z][a-z0-9]*")
# topic → unit, value and wording of its example: blanks that `check` refuses until somebody has filled them in
EXAMPLES: Mapping[str, tuple[str, str, str]] = {
    "filing_needed": ("text", "填要不要", "填结论，例如「要备案。……」"),
    "share_borne": ("rate", "填比例", "填结论，带上比例"),
    "channels": ("none", "填null", "填能办的地方和APP的名字"),
    "materials": ("none", "填null", "填要带的东西"),
    "validity": ("months", "填月数", "填管多久；长期有效的，单位改成 text"),
    "referral": ("none", "填null", "填转诊怎么办"),
    "emergency": ("none", "填null", "填急诊怎么办"),
    "direct_settlement": ("none", "填null", "填哪些能直接结算"),
    "manual_claim": ("none", "填null", "填没能直接结算的怎么报、带什么"),
    "contact": ("none", "填null", "填文件上印的电话"),
}


class CannotAddRegion(PolicyError):
    """A place for which no folder can be made, or what stands in its way. In Chinese: policy officers read it."""


@dataclass(frozen=True)
class Document:
    """The document that the region's first provisions rest on."""

    title: str
    short_name: str
    issued_on: date
    in_force_from: date


def create(
    place: str, document: Document, slug: str | None, packs: PackSet, packs_folder: Path, cases_folder: Path
) -> list[str]:
    """Writes the files and says in Chinese what to do next.

    Raises CannotAddRegion for a region that is there already or is no pooling area, UnreadableFact for
    an unknown or ambiguous name. Never overwrites a file.
    """
    region = _pooling_area(place)
    slug = slug or _pinyin(region)
    folder = packs_folder / "regions" / f"{region.code}_{slug}"
    cases = cases_folder / f"{slug}_rules.yml"
    _refuse_existing(region, slug, packs, packs_folder, cases)
    words = _words(region, slug, document)
    folder.mkdir(parents=True)
    cases_folder.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        (folder / name).write_text(_filled(name, words), encoding="utf-8")
    with (folder / "rules.yml").open("a", encoding="utf-8") as rules:
        rules.writelines(_examples(words, packs))
    cases.write_text(_filled("cases.yml", words), encoding="utf-8")
    return [*_written(folder, cases), *_next_steps(region, folder, cases)]


def _pooling_area(place: str) -> Region:
    region = regions.region(region_code(place))
    if not regions.is_mainland(region.code):
        raise CannotAddRegion(f"{region.name}不在内地医保的范围里，不能加。")
    try:
        regions.pooling_city_of(region.code)
    except NoPoolingCity as fault:
        raise CannotAddRegion(f"「{region.name}」是一个省，不是统筹地区。请写到市，例如 江苏省苏州市。") from fault
    return region


def _pinyin(region: Region) -> str:
    from pypinyin import lazy_pinyin  # its tables take a while to load: only for this command

    spelt = "".join(lazy_pinyin(region.short_name))
    if not SLUG.fullmatch(spelt):
        raise CannotAddRegion(f"「{region.short_name}」写不出拼音。请用 --slug 给一个，例如 --slug suzhou。")
    return spelt


def _refuse_existing(region: Region, slug: str, packs: PackSet, packs_folder: Path, cases: Path) -> None:
    if not SLUG.fullmatch(slug):
        raise CannotAddRegion(f"拼音「{slug}」只能用小写字母和数字，字母开头，例如 suzhou。")
    folders = sorted((packs_folder / "regions").glob(f"{region.code}_*"))
    if folders or packs.has_region(region.code):
        where = f"，在 {folders[0].name}" if folders else ""
        raise CannotAddRegion(f"{regions.display_name(region.code)}已经有了{where}。要改规定，请直接改那里的文件。")
    used = {p.id.split(".")[0] for found in packs.all_provisions.values() for p in found}
    if slug in used or cases.exists() or list((packs_folder / "regions").glob(f"*_{slug}")):
        raise CannotAddRegion(f"拼音「{slug}」已经有别的地区用了。请用 --slug 另给一个。")


def _words(region: Region, slug: str, document: Document) -> dict[str, str]:
    """What the templates leave open. Texts are quoted the way JSON does it, which YAML reads too."""
    return {
        "place": regions.display_name(region.code), "short_place": region.short_name, "code": region.code,
        "slug": slug, "document_id": f"{slug}_{document.issued_on.year}",
        "title": json.dumps(document.title, ensure_ascii=False),
        "short_name": json.dumps(document.short_name, ensure_ascii=False),
        "issued_on": str(document.issued_on), "in_force_from": str(document.in_force_from),
    }


def _filled(name: str, words: Mapping[str, str]) -> str:
    return Template((TEMPLATES / name).read_text(encoding="utf-8")).substitute(words)


def _examples(words: Mapping[str, str], packs: PackSet) -> list[str]:
    known = {topic: blanks for topic, blanks in EXAMPLES.items() if topic in packs.topics}
    return [
        _filled("example.yml", {
            **words, "topic": topic, "topic_title": packs.topics[topic].title,
            "unit": unit, "value": value, "says": says,
        })
        for topic, (unit, value, says) in known.items()
    ]


def _written(folder: Path, cases: Path) -> list[str]:
    return ["写好了这些文件：", *(f"  {folder / name}" for name in FILES), f"  {cases}", ""]


def _next_steps(region: Region, folder: Path, cases: Path) -> list[str]:
    name = region.short_name
    lines = [
        "接下来：",
        "  1. python -m rules_engine draft 文件.txt --out 草稿.yml，挑出文件里的数字、期限、电话、材料，逐条核对",
        f"  2. 在 {folder.name}/rules.yml 里写规定，去掉样例前面的 #；电话写进 contacts.yml",
        f"  3. 在 {folder.name}/checklist.yml 里把文件写的每件事列出来，写上由哪条规定回答",
        f"  4. 在 {cases.name} 里给每条规定写例子",
        f"  5. python -m rules_engine check，再 python -m rules_engine coverage {name}",
        "  6. make test",
        "一步步的说明：docs/tasks/add_a_region.md",
    ]
    if region.level == "county" and regions.pooling_city_of(region.code) != region:
        city = regions.pooling_city_of(region.code).name
        lines.append(f"请核对：{region.name}属于{city}。它自己管医保基金才单独建；由{city}统筹的，请删掉这个文件夹，改用{city}。")
    return lines
