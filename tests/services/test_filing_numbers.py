from datetime import date

import pytest

from services.filing_numbers import (
    RANDOM_DIGITS,
    filing_number,
    random_digits,
    read_filing_number,
)

NUMBER = filing_number("371000", date(2026, 11, 22), "48210937")


def test_a_number_is_grouped_for_reading_aloud():
    assert NUMBER.startswith("371000-261122-4821-0937-")


@pytest.mark.parametrize("typed", [NUMBER, NUMBER.replace("-", ""), NUMBER.replace("-", " "), NUMBER.replace("-", "—"), f" {NUMBER}\n"])
def test_a_number_is_read_however_it_is_spaced(typed):
    assert read_filing_number(typed) == NUMBER


@pytest.mark.parametrize("place", range(20))
def test_one_wrong_digit_anywhere_is_noticed(place):
    digits = NUMBER.replace("-", "")
    wrong = digits[:place] + str((int(digits[place]) + 1) % 10) + digits[place + 1 :]
    assert read_filing_number(wrong) is None


@pytest.mark.parametrize("typed", ["", "371000", NUMBER[:-1], NUMBER + "1", "备案号"])
def test_what_is_no_number_is_none(typed):
    assert read_filing_number(typed) is None


def test_random_digits_have_their_full_length():
    assert {len(random_digits()) for _ in range(200)} == {RANDOM_DIGITS}
