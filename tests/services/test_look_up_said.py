"""A filing number, four characters and a phone, told in any order and with any marks between."""

from __future__ import annotations

from datetime import date

import pytest

from services.filing_numbers import filing_number
from services.look_up_said import LookUpSaid, look_up_said, shown_look_up

NUMBER = filing_number("371000", date(2026, 11, 22), "48210937")
WHOLE = LookUpSaid(NUMBER, "1237", "13812345678")


@pytest.mark.parametrize("text", [
    f"备案号 {NUMBER} 后四位 1237 电话 13812345678", f"13812345678 {NUMBER} 1237", f"1237，{NUMBER}，13812345678",
    f"备案号{NUMBER.replace('-', '')}尾号1237电话13812345678", f"{NUMBER.replace('-', ' ')} 1237 13812345678",
    f"{NUMBER} 371002199001011237 13812345678", f"{NUMBER} １２３７ 1３812345678", f"{NUMBER} 1237 +8613812345678",
    f"我查{NUMBER}，身份证后四位是1237，电话86-13812345678",
])
def test_the_three_are_found_however_they_are_written(text):
    assert look_up_said(text) == WHOLE


def test_a_last_x_and_a_landline_are_read():
    assert look_up_said(f"{NUMBER} 123x 0631-5231234") == LookUpSaid(NUMBER, "123X", "0631-5231234")


def test_spaces_in_the_phone_do_not_make_it_the_last_four():
    said = look_up_said(f"{NUMBER} 1237 138 1234 5678")
    assert (said.id_last_four, said.phone) == ("1237", "138 1234 5678")


@pytest.mark.parametrize("text", ["1237 13812345678", "371002199001011237", "13812345678", "2026年11月22日", "我的备案号忘了", ""])
def test_without_a_number_nothing_is_looked_up(text):
    assert look_up_said(text).filing_no is None


def test_the_number_said_before_completes_what_comes_after():
    assert look_up_said("1237 13812345678", NUMBER) == WHOLE


@pytest.mark.parametrize("wrong", [NUMBER[:-1] + str((int(NUMBER[-1]) + 1) % 10), NUMBER + "5", NUMBER[:-2]])
def test_a_wrong_number_is_kept_as_typed_so_that_it_can_be_told(wrong):
    said = look_up_said(f"备案号 {wrong} 后四位 1237 电话 13812345678")
    assert said.is_whole and said.filing_no != NUMBER and "-" not in str(said.filing_no)


@pytest.mark.parametrize("said", [WHOLE, LookUpSaid(NUMBER, "123X", "0631-5231234"), LookUpSaid("37100026112248210937", "1237", "13812345678")])
def test_what_is_kept_is_read_again_the_same(said):
    assert look_up_said(said.in_one_line) == said


def test_what_is_shown_names_the_filing_and_hides_the_rest():
    assert shown_look_up(WHOLE) == f"{NUMBER} **** 138****5678"
    assert shown_look_up(LookUpSaid(NUMBER, None, None)) == NUMBER
