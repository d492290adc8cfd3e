"""The sums of a settlement sheet (结算单), or as people say them: 一共25000，自费2000，起付线800."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from rules_engine.money import NOTHING, in_words
from services.bill_rows import BillFault
from services.bill_values import BadValue, number_of, plain

SheetSums = dict[str, Decimal]
# On a sheet 个人自付 leaves out 自费, and 基金支付总额 holds more than the pooled fund: neither is one of our sums.
_PASSED_OVER = (
    r"个人账户余额|共济支付|个人自付|(?:医保)?基金支付总额"
    r"|(?:公务员|大额|医疗救助|救助|其他)[\u4e00-\u9fff]{0,6}支付"
)
LABELS: dict[str, str] = {
    "patient_total_amount": (
        r"个人(?:自付合计|负担|支付|现金支付|承担|应付)(?:总?金额|总额|合计|费用)?|个人总负担|自己付了?|自付合计"
    ),
    "cash": r"现金支付(?:金额)?",
    "account": r"(?:个人)?账户(?:支付|支出)(?:金额)?",
    "total_amount": (
        r"医疗费用?总?(?:金额|总额|合计)|医疗总费用|(?:住院)?总?费用总?(?:合计|总额|金额)|(?:住院)?总费用|总金额"
        r"|总花费|总额|(?<!自付)合计|一共|总共|共计|总计|花了"
    ),
    "out_of_area_upfront_amount": r"(?:异地|转外|转诊|外地)(?:就医)?(?:先行?)?自付(?:金额|费用|部分)?",
    "class_b_upfront_amount": (
        r"乙类(?:药品?|项目|费用)?(?:先行?|个人)*(?:自[付理负]|(?<=先)付)(?:金额|费用|部分)?|(?<!其中)乙类(?=[\s:]*\d)|(?:个人)?先行自[付负](?:金额|费用|部分)?"
    ),
    "coinsurance_amount": r"按?比例自付(?:金额|费用|部分)?|分段自付(?:金额)?",
    "non_covered_amount": (
        r"(?:其中)?(?:全|完全|个人)?自费(?:总?金额|总额|费用|部分|药|合计)?|丙类(?:自费)?(?:金额|费用)?"
        r"|超限价(?:自费)?(?:金额|费用)?"
    ),
    "in_scope_amount": (
        r"(?:符合)?(?:基本)?(?:医保)?政策范围内?(?:的?金额|的?费用)?|符合范围(?:金额|费用)?|(?:医保)?范围内(?:金额|费用)"
        r"|政策内(?:金额|费用)?"
    ),
    "deductible": r"(?:本次|实际)?起付(?:标准|线|金额|段)(?:自付|金额)?|门槛费",
    "critical_illness_amount": r"(?:居民|城乡居民)?大病(?:医疗)?(?:保险)?(?:基金)?(?:支付|报销|赔付|支出)(?:金额)?",
    "pooled_fund_amount": (
        r"(?:(?:基本)?医疗?保险?)?统筹(?:基金)?(?:支付|支出|报销)(?:金额)?|基本医保(?:基金)?支付(?:金额)?|医保(?:基金)?(?:支付|报销)了?(?:金额)?"
    ),
}
TITLES: dict[str, str] = {
    "total_amount": "总费用", "non_covered_amount": "自费", "class_b_upfront_amount": "乙类先行自付",
    "in_scope_amount": "符合政策范围金额", "out_of_area_upfront_amount": "异地先行自付", "deductible": "起付线",
    "coinsurance_amount": "按比例自付", "pooled_fund_amount": "统筹基金支付", "critical_illness_amount": "大病保险支付",
    "patient_total_amount": "个人负担", "cash": "现金支付", "account": "个人账户支付",
}
_LONGEST_SHEET = 20_000  # characters
_NUMERALS = "零〇一二三四五六七八九十百千万两"
_LABEL = "|".join([f"(?P<passed_over>{_PASSED_OVER})", *(f"(?P<{name}>{words})" for name, words in LABELS.items())])
_ANY_LABEL = re.compile(_LABEL)
_SUM = re.compile(
    rf"(?:{_LABEL})\s{{0,9}}(?:\((?:元|¥|人民币)\))?[\s:=]{{0,9}}(?:(?:是|为|有|共|约|大概|大约|大致|花了|才|就|了|一共|合计)[\s:]{{0,3}}){{0,3}}"
    rf"(?P<amount>¥?-?\d+(?:,\d{{3}})*(?:\.\d+)?(?:\s?[万千wWkK]\d?)?|[{_NUMERALS}]{{2,12}})"
    rf"(?![\d{_NUMERALS}A-Za-z]|[.,]\d|[ ]?[%成年月日岁次号级折天点倍]|个(?!人))"
)
_CELLS = re.compile(r"\t|\||[,，]|\s{2,}")


def names_a_sum(text: str) -> bool:
    """Whether the label of a sum stands anywhere in it."""
    return bool(_ANY_LABEL.search(plain(text)))


def is_sum_label(name: str) -> bool:
    """Whether a name is the label of a sum rather than an item."""
    return bool(_ANY_LABEL.fullmatch(plain(name).replace(" ", "")))


def looks_like_sheet(text: str) -> bool:
    """Whether it gives at least two labelled sums."""
    return len({name for name, _, _ in _labelled(text)}) > 1


def read_sheet(text: str) -> tuple[SheetSums, list[BillFault]]:
    """The labelled sums, and what is wrong with them."""
    sums: SheetSums = {}
    faults: list[BillFault] = []
    for name, typed, line in _labelled(text):
        try:
            amount = number_of(typed)
        except BadValue as fault:
            faults.append(BillFault(line, f"「{TITLES[name]}」{fault}"))
            continue
        if amount < 0:
            faults.append(BillFault(line, f"「{TITLES[name]}」是负数（{amount}）。请核对后改正。"))
        elif sums.setdefault(name, amount) != amount:
            both = f"{in_words(sums[name])}和{in_words(amount)}"
            faults.append(BillFault(line, f"「{TITLES[name]}」有两个数：{both}，先按前一个。请核对。"))
    cash = sums.pop("cash", None)  # less than what the person bears where an account paid too
    account = sums.pop("account", None)
    if cash is not None:
        sums.setdefault("patient_total_amount", cash + (account or NOTHING))
    return sums, faults + [BillFault(None, message) for message in _contradictions(sums)]


def _contradictions(sums: SheetSums) -> Iterator[str]:
    total = sums.get("total_amount")
    if total is None:
        return
    outside = [sums.get(name, NOTHING) for name in ("non_covered_amount", "class_b_upfront_amount")]
    if sum(outside) > total:
        yield (
            f"自费和乙类先行自付加起来是{in_words(sum(outside, NOTHING))}，"
            f"比总费用（{in_words(total)}）还多。请对着结算单核对。"
        )
    paid = ("patient_total_amount", "pooled_fund_amount", "critical_illness_amount")
    parts = sum((sums.get(name, NOTHING) for name in paid), NOTHING)
    if parts > total:
        yield f"个人负担和医保支付加起来是{in_words(parts)}，比总费用（{in_words(total)}）还多。请对着结算单核对。"
    given = all(name in sums for name in ("non_covered_amount", "class_b_upfront_amount", "in_scope_amount"))
    if given and total - sum(outside) != sums["in_scope_amount"]:
        yield (
            f"总费用减去自费和乙类先行自付是{in_words(total - sum(outside))}，"
            f"写的符合政策范围金额是{in_words(sums['in_scope_amount'])}，对不上。请对着结算单核对。"
        )


def _labelled(text: str) -> Iterator[tuple[str, str, int]]:
    """Each labelled sum: its name, the amount as typed, its line."""
    lines = "\n".join(plain(line.replace("，", " ")) for line in _beside_labels(text[:_LONGEST_SHEET].splitlines()))
    for match in _SUM.finditer(lines):
        name = next((name for name in LABELS if match[name]), None)
        if name:
            typed = re.sub("[kK]", "千", re.sub("[wW]", "万", match["amount"])).replace(" ", "")
            yield name, typed, lines.count("\n", 0, match.start()) + 1


def _beside_labels(lines: list[str]) -> list[str]:
    """The lines; where a row of labels stands over a row of amounts, each label beside its amount."""
    beside = list(lines)
    for at, (above, below) in enumerate(pairwise(lines)):
        labels, amounts = (_CELLS.split(line.strip()) for line in (above, below))
        if len(labels) == len(amounts) > 1 and all(is_sum_label(label) for label in labels):
            beside[at] = " ".join(f"{label} {amount} " for label, amount in zip(labels, amounts, strict=True))
            beside[at + 1] = ""
    return beside
