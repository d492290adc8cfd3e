"""Sums of money as people type them: read to the cent, or refused in words that say what to type instead."""

from decimal import Decimal

import pytest

from rules_engine.money import LARGEST, BadAmount, in_words, to_cents, yuan


@pytest.mark.parametrize(("typed", "amount"), [
    ("25000", "25000.00"), (" 25000.5 ", "25000.50"), ("0", "0.00"), ("0.01", "0.01"), (25000, "25000.00"),
    (Decimal("1E+3"), "1000.00"), ("12.340", "12.34"), (LARGEST, "100000000.00"),
])
def test_a_sum_is_read_with_two_decimals(typed, amount):
    assert str(yuan(typed)) == amount


@pytest.mark.parametrize(("typed", "says"), [
    ("-1", "是负数（-1）。请写大于等于0的金额。"),
    ("两万五", "写的是「两万五」，不是数字。请写成 25000 或 25000.50 这样。"),
    ("", "不是数字"), ("NaN", "不是数字"), ("sNaN", "不是数字"), ("Infinity", "不是数字"), ("-Infinity", "不是数字"),
    (None, "不是数字"), ("25,000", "不是数字"), ("1e12", "超过1亿元"), ("100000000.01", "超过1亿元"),
    ("100.001", "写的是 100.001，最多到分（两位小数）。请核对。"), ("1e-30", "最多到分"), ("1e99999999", "超过1亿元"),
])
def test_what_is_no_sum_is_refused_by_name_with_what_to_type(typed, says):
    with pytest.raises(BadAmount) as refused:
        yuan(typed, "总费用")
    assert says in str(refused.value) and "「总费用」" in str(refused.value)


def test_a_very_long_text_is_not_repeated_in_full():
    with pytest.raises(BadAmount) as refused:
        yuan("钱" * 500)
    assert len(str(refused.value)) < 100


@pytest.mark.parametrize("typed", ["9" * 60, "0." + "1" * 60, "1e-400000"])
def test_numbers_of_any_length_are_refused_and_never_break_the_reading(typed):
    with pytest.raises(BadAmount):
        yuan(typed)


@pytest.mark.parametrize(("exact", "rounded"), [("0.005", "0.01"), ("0.004999", "0.00"), ("2.675", "2.68"), ("1.994", "1.99")])
def test_half_a_cent_is_rounded_up(exact, rounded):
    assert str(to_cents(Decimal(exact))) == rounded


@pytest.mark.parametrize(("amount", "words"), [
    ("0.00", "0元"), ("13250.00", "13,250元"), ("15744.50", "15,744.50元"), ("0.01", "0.01元"), ("1000000", "1,000,000元"),
])
def test_sums_are_said_without_needless_decimals(amount, words):
    assert in_words(Decimal(amount)) == words
