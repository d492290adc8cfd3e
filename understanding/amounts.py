"""Which sums of a message are amounts of a bill, and which: 花了三万，自费五千. And the fund's rate: 按85报.

The words right before a sum tell most, those right behind it less; a sum that nothing names is the total.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from understanding import amount_words as words
from understanding.amount_words import FUND, IN_SCOPE, NON_COVERED, PATIENT, TOTAL
from understanding.spoken_sums import Sum, sums_in, value_of

Found = tuple[str, str, int, int]  # label, value, start, end

LOOK_BACK = 24  # characters before a sum or a rate that can tell of it
EDGE = re.compile(r"[,。;?!、\n]")
SMALLEST_BARE, LONGEST_BARE, SMALLEST_SPOKEN, SMALLEST_IN_PIECES = 100, 8, 1000, 10

RATE = re.compile(
    r"百分之(?P<percent>[一二两三四五六七八九十]{1,4}|\d{1,3})|(?P<figures>\d{1,3}(?:\.\d)?)(?:%|个点)"
    r"|(?P<tenths>[一二两三四五六七八九\d])成(?P<more>[一二三四五六七八九\d半])?(?!为|都|功)"
    r"|(?<![\d.])(?P<bare>\d\d|[二三四五六七八九]十[一二三四五六七八九]?)(?![\d.万千百块元岁年月天])"
)
RATE_NAMED = re.compile("(?:报销|支付)比例(?:大概|差不多|[是为只有才写的到能按:]){0,4}$")
RATE_REPAID = re.compile("(?<![多少申])报(?:销|了|到|个|回来?|我|给我){0,2}$")
PAID_BY, PAYS = re.compile("按照?$"), re.compile("(?:的?比例|[来给算得])*报")
NAMED_BEHIND = re.compile("的?(?:报销|支付)比例")


def amounts_in(text: str) -> Iterator[Found]:
    """The amounts of a bill that a normalised message names: label, yuan with two decimals, start, end."""
    found = list(_labelled(text, [one for one in sums_in(text) if _may_be_money(text, one)]))
    labels = {label for label, _ in found}
    for label, one in found:
        if not labels & {TOTAL, IN_SCOPE, FUND} and _is_whole_bill(text, label, one):
            label = TOTAL
        yield label, str(one.value), one.start, one.end


def own_rates_in(text: str) -> Iterator[Found]:
    """The fund's rate where a message names it as such (报销比例80%, 按85报): label, rate, start, end."""
    for match in RATE.finditer(text) if "报" in text or "支付比例" in text else ():
        before, after = text[max(0, match.start() - LOOK_BACK):match.start()], text[match.end():]
        is_named = RATE_NAMED.search(before) or (PAID_BY.search(before) and PAYS.match(after))
        is_repaid = not match["bare"] and (RATE_REPAID.search(before) or NAMED_BEHIND.match(after))
        rate = _rate(match)
        if (is_named or is_repaid) and rate is not None and 0 < rate <= 1:
            yield "own_rate", f"{rate.normalize():f}", match.start(), match.end()


def _rate(match: re.Match[str]) -> Decimal | None:
    if match["tenths"]:
        said = f"{match['tenths']}{match['more'] or '0'}".replace("半", "5")
        return sum((value_of(sign) or Decimal(0)) / 10**place for place, sign in enumerate(said, 1)) or None
    percent = value_of(match["percent"] or match["figures"] or match["bare"])
    return percent / 100 if percent is not None else None


def _labelled(text: str, sums: list[Sum]) -> Iterator[tuple[str, Sum]]:
    """The sums that are amounts of a bill, each with what the words around it make it."""
    is_first = True
    for number, one in enumerate(sums):
        before = _before(text, one, sums[number - 1].end if number else 0)
        after = _after(text, one, sums[number + 1].start if number + 1 < len(sums) else len(text))
        if words.NO_AMOUNT_BEFORE.search(before):
            continue
        if words.NOT_PAID.search(before) and not words.ASKS_SHARE.search(after):
            continue
        label = _label(text, one, before, after, is_first)
        if _is_amount(text, one, before, label):
            is_first = False
            yield label, one


def _before(text: str, one: Sum, last_end: int) -> str:
    """What stands before the sum in its own part of the sentence, behind the sum before it."""
    before = EDGE.split(text[last_end:one.start])[-1]
    return "" if last_end and words.SAYS_WHOSE.fullmatch(before) else before[-LOOK_BACK:]


def _after(text: str, one: Sum, next_start: int) -> str:
    """What stands behind the sum and belongs to it; nothing where it leads up to the next sum."""
    parts = EDGE.split(text[one.end:next_start])
    leads_on = len(parts) == 1 and next_start < len(text)
    return "" if leads_on and not words.SAYS_WHOSE.fullmatch(parts[0]) else parts[0]


def _may_be_money(text: str, one: Sum) -> bool:
    """Whether nothing about the sum itself or right beside it makes it a year, a level, a number of persons."""
    before, after = text[max(0, one.start - 2):one.start], text[one.end:one.end + 8]
    if words.NO_AMOUNT_AFTER.match(after) or words.NEGATIVE.search(before):
        return False
    if one.has_unit:  # 三块, 哪一块钱: pieces
        return one.value >= SMALLEST_IN_PIECES or "块" not in one.said
    if one.value < SMALLEST_BARE:
        return one.said == "0"
    if one.scale > 1:
        return True
    plain = one.said.replace(",", "")
    is_joined = words.JOINED_BEFORE.search(before) or words.JOINED_AFTER.match(after)
    return plain[0] != "0" and len(plain) <= LONGEST_BARE and not is_joined


def _label(text: str, one: Sum, before: str, after: str, is_first: bool) -> str:
    """Which amount the words around the sum make it."""
    named = {label: found for label, said in words.BEFORE.items() if (found := said.search(before))}
    if named:  # the nearest; of 乙类自付 and 自付 the longer
        return max(named, key=lambda label: (named[label].end("cue"), -named[label].start()))
    headed = _heading(text, one) if not before else None
    if headed:
        return headed
    if not is_first and words.PAID_BEFOREHAND.search(before):
        return words.CLASS_B_UPFRONT
    if is_first and words.MONEY_BEFORE.search(before):
        return TOTAL
    return next((label for label, said in words.AFTER.items() if said.match(after)), TOTAL)


def _heading(text: str, one: Sum) -> str | None:
    """The amount that is named by the part before a comma: 自费,三千, where a blank was typed between."""
    if text[max(0, one.start - 1):one.start] != ",":
        return None
    heading = EDGE.split(text[max(0, one.start - LOOK_BACK):one.start - 1])[-1]
    return next((label for label, said in words.BEFORE.items() if said.match(heading)), None)


def _is_amount(text: str, one: Sum, before: str, label: str) -> bool:
    """Whether the sum is money at all: a plain number and 八百 need a word beside them that says so."""
    if label != TOTAL:
        return True
    if words.NO_TOTAL_BEFORE.search(before) or not one.value:
        return False
    if one.has_unit or one.scale >= SMALLEST_SPOKEN or words.MONEY_BEFORE.search(before):
        return True
    if words.WELL_KNOWN.fullmatch(one.said) or words.YEAR.fullmatch(one.said):
        return False
    if one.scale == 1 and one.value >= SMALLEST_SPOKEN and words.ASKS_FOR_MONEY.search(text):
        return True
    return _is_alone(text, one, before) or bool(words.MONEY_AFTER.match(text[one.end:]))


def _is_alone(text: str, one: Sum, before: str) -> bool:
    """Whether its part of the sentence holds nothing else: 是25000吧, 三甲25000."""
    is_led = words.ALONE_BEFORE.fullmatch(before) or words.FACTS_BEFORE.search(before)
    return bool(is_led and words.ALONE_AFTER.fullmatch(EDGE.split(text[one.end:])[0]))


def _is_whole_bill(text: str, label: str, one: Sum) -> bool:
    """Whether what the person paid was all there was to pay: 我花了三万, 我交了三万能报多少, 自费付了三万."""
    before = text[max(0, one.start - LOOK_BACK):one.start]
    if label != PATIENT:
        return label == NON_COVERED and bool(words.PAID_IN_FULL.search(before))
    is_all = words.SPENT.search(before) or words.ALL_PAID.match(text[one.end:])
    return bool(is_all or words.ASKS_SHARE.search(text))
