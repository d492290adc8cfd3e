"""Which column of a bill is what, by the words hospitals put over them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from services.bill_values import plain

_MAY_BE_HEADING = re.compile("额|价|款|计|费用")
_LONGEST_HEADING = 40  # characters
_UNIT = re.compile(r"[(\[](?:元|人民币|¥|%|元/次|RMB)[)\]]|[:*]|/元$", re.IGNORECASE)
_NAME = re.compile(
    r"(?:收费|医疗|诊疗|费用|服务|医保|医院|药品|明细|商品|结算|通用)*(?:项目|药品|材料|服务项目)?(?:中文)?(?:名称?|品名)(?:[/、及和(]*规格\)?)?"
    r"|(?:收费|费用|医疗|诊疗|明细|检查|服务)*(?:项目|条目)(?:明细|内容)?(?:[/、及和(]*规格\)?)?|药品|品名|摘要"
)
_AMOUNT = re.compile(
    r"(?:合计|总|实收|应收|费用|项目|收费|明细|结算|医疗|发生|本次|小计)*(?:金额|总价|总额|价款)(?:合计|小计)?|合计|小计|总?费用(?:合计|总额)?"
)
_PRICE, _COUNT = re.compile(r"(?:项目|结算|实际)?单价|价格"), re.compile(r"(?:总|发药|使用|收费|计价)?数量|总量|次数")
# Two headings may both speak of a class: 费用类别 is often 西药费, 医保类别 never.
_CLASS = re.compile(
    r"(?:医保|医疗保险|社保|目录|报销|收费项目|药品|统筹)+(?:类别|等级|类型|级别|目录类别|属性|分类|目录)|(?:医保)?甲乙丙?(?:自费)?(?:类别|类型|类|等级|分类)?"
    r"|(?:收费)?(?:项目)?等级"
)
_CLASS_OR_KIND = re.compile(r"(?:费用|收费|项目|项目费用|收费项目)?(?:类别|类型|分类|性质|种类)")
_RATE = re.compile(r"(?:乙类|个人|医保|项目|药品|首先|先行?|本地)*自[付负理](?:比例|比率|比|率)%?")
_OWN = re.compile(r"(?:其中)?(?:全?自费|超限价(?:自费|自付)?|超标|丙类(?:自费)?)(?:金额|费用|部分)|超限价")
_UPFRONT = re.compile(r"(?:乙类|先行|个人|首先|部分)*自[付理负](?:金额|费用|部分)")


@dataclass(frozen=True)
class Columns:
    """Where each value stands. `own` is a part of the amount that is not covered (超限价)."""

    name: int
    amount: int | None
    price: int | None
    count: int | None
    catalogue_class: int | None
    rate: int | None
    own: int | None
    upfront: int | None

    def cell(self, cells: Sequence[str], column: int | None) -> str:
        """The cell of that column; empty where the row is shorter or has no such column."""
        return cells[column] if column is not None and column < len(cells) else ""


def columns_of(cells: Sequence[str]) -> tuple[Columns, ...]:
    """The blocks of columns a heading row announces, side by side on a printed bill; none if it is no heading."""
    if not _MAY_BE_HEADING.search("".join(cells).replace(" ", "")):
        return ()
    titles = [_title(cell) for cell in cells]
    names = [at for at, title in enumerate(titles) if _NAME.fullmatch(title)]
    if _repeats(titles, names):
        ends = [*names[1:], len(titles)]
        return tuple(_block(titles, at, range(at, end)) for at, end in zip(names, ends, strict=True))
    names = names or [at for at, title in enumerate(titles) if _CLASS_OR_KIND.fullmatch(title)]
    if not names or not _has_amount(titles):
        return ()
    return (_block(titles, names[0], range(len(titles))),)


def _title(cell: str) -> str:
    return _UNIT.sub("", plain(cell).replace(" ", "")) if len(cell) < _LONGEST_HEADING else ""


def _repeats(titles: list[str], names: list[int]) -> bool:
    """Whether there are several names, and each has an amount of its own before the next one."""
    return len(names) > 1 and all(
        _has_amount(titles[start:end]) for start, end in zip(names, [*names[1:], len(titles)], strict=True)
    )


def _has_amount(titles: list[str]) -> bool:
    has_price = any(_PRICE.fullmatch(title) for title in titles) and any(_COUNT.fullmatch(title) for title in titles)
    return has_price or any(_AMOUNT.fullmatch(title) for title in titles)


def _block(titles: list[str], name: int, within: range) -> Columns:
    def first(*headings: re.Pattern[str]) -> int | None:
        found = (at for heading in headings for at in within if heading.fullmatch(titles[at]))
        return next(found, None)

    return Columns(
        name, first(_AMOUNT), first(_PRICE), first(_COUNT), first(_CLASS, _CLASS_OR_KIND), first(_RATE), first(_OWN),
        first(_UPFRONT),
    )
