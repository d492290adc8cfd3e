"""The cells of a bill, as hospitals and people write them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from services.bill_values import BadValue, class_of, counts_in_points, number_of, plain, share_of, shown


@pytest.mark.parametrize(("typed", "amount"), [
    ("300", "300.00"), ("1,200.50", "1200.50"), ("１，２００．５０", "1200.50"), ("￥300元", "300.00"), ("¥ 1,234,567.8", "1234567.80"),
    ("人民币300元", "300.00"), (" 300 ", "300.00"), ("1 200", "1200.00"), ("-50", "-50.00"), ("−50", "-50.00"), ("-￥50", "-50.00"),
    ("(50.00)", "-50.00"), ("（50）元", "-50.00"), ("+50", "50.00"), (".5", "0.50"), ("12.", "12.00"), ("12.340", "12.34"), ("0", "0.00"),
    ("1.2万", "12000.00"), ("三百", "300.00"), ("两千三百元", "2300.00"), ("贰仟叁佰元整", "2300.00"), ("壹万贰仟叁佰肆拾伍元陆角柒分", "12345.67"),
    ("三万二", "32000.00"), ("十二点五", "12.50"), ("100000000", "100000000.00"), ("12元5角", "12.50"), ("负三百", "-300.00"),
])
def test_an_amount_is_read_however_it_is_written(typed, amount):
    assert str(number_of(typed)) == amount


@pytest.mark.parametrize(("typed", "said"), [
    ("", "是空的"), ("   ", "是空的"), ("三百左右", "「三百左右」，认不出"), ("NaN", "认不出"), ("inf", "认不出"), ("-Infinity", "认不出"),
    ("1e5", "认不出"), ("12²", "认不出"), ("①", "认不出"), ("½", "认不出"), ("1,23", "认不出"), ("1.2.3", "认不出"), ("--5", "认不出"),
    ("(-5)", "认不出"), ("12.345", "「12.345」，小数多于2位"), ("100000000.01", "超过1亿元"), ("9" * 39, "超过1亿元"), ("9" * 60, "认不出"),
    ("=SUM(A1:A3)", "是公式"), (" =1+1", "是公式"), ("#REF!", "认不出"), ("٣٠٠", "认不出"), ("百", "认不出"), ("0x10", "认不出"), ("True", "认不出"),
])
def test_what_is_no_amount_is_refused_with_what_was_typed_and_what_to_do(typed, said):
    with pytest.raises(BadValue, match="请") as refused:
        number_of(typed)
    assert said in str(refused.value)


def test_what_was_typed_is_shown_short_and_without_control_characters():
    assert shown("三\x00百\u202e\x1b[31m" + "啊" * 50) == "三百[31m" + "啊" * 14 + "…"
    assert plain("ＣＴ　平扫\r\n\u200b") == "CT 平扫"


@pytest.mark.parametrize(("typed", "found"), [
    ("甲类", ("A", None)), ("甲", ("A", None)), ("01", ("A", None)), ("乙", ("B", None)), (" 乙类 ", ("B", None)), ("医保乙类", ("B", None)),
    ("乙类10%", ("B", "0.1")), ("乙类（10%）", ("B", "0.1")), ("丙类", ("none", None)), ("自费", ("none", None)), ("全自费", ("none", None)),
    ("无", ("none", None)), ("目录外", ("none", None)), ("西药费", (None, None)), ("", (None, None)), ("-", (None, None)), ("甲乙", (None, None)),
])
def test_a_class_is_read_by_its_usual_words(typed, found):
    kind, share = class_of(typed)
    assert (kind, share) == (found[0], None if found[1] is None else Decimal(found[1]))


@pytest.mark.parametrize(("typed", "in_points", "share"), [
    ("10%", False, "0.1"), ("０.１", False, "0.1"), ("10", False, "0.1"), ("5％", True, "0.05"), ("1", False, "1"), ("1", True, "0.01"),
    ("100%", False, "1"), ("0", False, "0"), ("", False, None), ("/", False, None), ("无", False, None), (".05", False, "0.05"),
])
def test_a_share_is_read_as_percent_part_or_points(typed, in_points, share):
    assert share_of(typed, in_points) == (None if share is None else Decimal(share))


@pytest.mark.parametrize("typed", ["150%", "101", "-10%", "一成", "10%10%", "nan", "=0.1"])
def test_a_share_that_cannot_be_one_is_refused(typed):
    with pytest.raises(BadValue, match="请"):
        share_of(typed, False)


def test_a_column_with_a_number_above_one_counts_in_points():
    assert counts_in_points(["0", "1", "10"])
    assert not counts_in_points(["0", "0.1", "1", "10%", "", "乙"])
