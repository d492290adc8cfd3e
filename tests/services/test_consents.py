"""Codes by which people let an agent read along: good once, for half an hour, for one conversation, and on record."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from services.china_time import CHINA_TIME
from services.consent_store import ConsentStore
from services.consents import (
    CODE_LASTS,
    MOST_CODES,
    MOST_WRONG,
    READING_LASTS,
    WITHIN,
    ConsentProblem,
    Consents,
    Standing,
)

AT = datetime(2026, 11, 22, 10, 30, tzinfo=CHINA_TIME)
NONE = Standing("none")


class Codes:
    """Codes, and a clock to be set."""

    def __init__(self, folder: Path) -> None:
        self.at, self.store = AT, ConsentStore(folder / "consents.db")
        self.consents = Consents(self.store, lambda: self.at, key="a key")

    def refused(self, officer: str, digits: str) -> ConsentProblem:
        with pytest.raises(ConsentProblem) as fault:
            self.consents.open(officer, digits)
        return fault.value


@pytest.fixture
def codes(tmp_path: Path):
    opened = Codes(tmp_path)
    yield opened
    opened.store.close()


def wrong(digits: str) -> str:
    return f"{(int(digits) + 1) % 1_000_000:06}"


def test_a_code_opens_its_own_conversation_once(codes):
    code = codes.consents.give("c1")
    codes.consents.give("c2")
    assert len(code.digits) == 6 and code.digits.isdecimal() and code.expires_at == AT + CODE_LASTS
    assert codes.consents.standing("c1") == Standing("waiting", AT + CODE_LASTS)
    reading = codes.consents.open("zhang01", code.digits)
    assert reading.conversation == "c1" and codes.consents.standing("c1") == Standing("watched", AT)
    assert codes.consents.readings("zhang01") == (reading,) and codes.consents.readings("li02") == ()
    assert codes.refused("li02", code.digits).code == "wrong_code"


@pytest.mark.parametrize("write", [lambda d: f" {d[:3]} {d[3:]} ", lambda d: f"{d[:3]}-{d[3:]}", lambda d: d.translate({48 + n: 0xFF10 + n for n in range(10)})])
def test_a_code_is_read_however_it_is_written_down(codes, write):
    assert codes.consents.open("zhang01", write(codes.consents.give("c1").digits)).conversation == "c1"


def test_a_code_runs_out(codes):
    digits = codes.consents.give("c1").digits
    codes.at += CODE_LASTS
    assert codes.refused("zhang01", digits).code == "wrong_code" and codes.consents.standing("c1") == NONE


def test_a_new_code_ends_the_one_before_and_whoever_read_by_it(codes):
    first = codes.consents.give("c1").digits
    reading = codes.consents.open("zhang01", first)
    codes.consents.give("c1")
    with pytest.raises(ConsentProblem, match="reading_ended"):
        codes.consents.reading("zhang01", reading.reading_id)


@pytest.mark.parametrize("by", ["person", "erasure", "restart"])
def test_the_person_ends_it_and_the_record_says_so(codes, by):
    reading = codes.consents.open("zhang01", codes.consents.give("c1").digits)
    codes.at += timedelta(minutes=1)
    codes.consents.end("c1", by)
    assert codes.consents.standing("c1") == NONE and codes.consents.readings("zhang01") == ()
    with pytest.raises(ConsentProblem, match="reading_ended"):
        codes.consents.reading("zhang01", reading.reading_id)
    assert [(row.conversation, row.officer_id, row.event, row.at) for row in codes.consents.record(9)] == [
        ("c1", "zhang01", f"ended_by_{by}", AT + timedelta(minutes=1)), ("c1", "zhang01", "opened", AT),
    ]


def test_the_agent_ends_it_and_a_withdrawn_code_opens_nothing(codes):
    reading = codes.consents.open("zhang01", codes.consents.give("c1").digits)
    codes.consents.close("zhang01", reading.reading_id)
    assert codes.consents.standing("c1") == NONE
    digits = codes.consents.give("c1").digits
    codes.consents.end("c1")
    assert codes.refused("zhang01", digits).code == "wrong_code"


def test_nobody_reads_what_another_opened_nor_longer_than_two_hours(codes):
    reading = codes.consents.open("zhang01", codes.consents.give("c1").digits)
    with pytest.raises(ConsentProblem, match="reading_ended"):
        codes.consents.reading("li02", reading.reading_id)
    codes.at += READING_LASTS
    with pytest.raises(ConsentProblem, match="reading_ended"):
        codes.consents.reading("zhang01", reading.reading_id)
    assert codes.consents.standing("c1") == NONE


@pytest.mark.parametrize("then", ["record", "give", "end"])
def test_what_ended_by_itself_is_on_record_with_its_own_time_and_once(codes, then):
    codes.consents.open("zhang01", codes.consents.give("c1").digits)
    codes.at += READING_LASTS + timedelta(days=2)
    if then != "record":
        getattr(codes.consents, then)("c1")
    for _ in range(2):
        assert [(row.event, row.at) for row in codes.consents.record(9)] == [
            ("ended_by_time", AT + READING_LASTS), ("opened", AT),
        ]


def test_wrong_codes_are_counted_for_each_agent_and_lock(codes):
    right = codes.consents.give("c1").digits
    assert [codes.refused("zhang01", wrong(right)).details for _ in range(MOST_WRONG - 1)] == [
        {"left": left} for left in (4, 3, 2, 1)
    ]
    locked = codes.refused("zhang01", wrong(right))
    assert locked.code == "codes_locked" and locked.details == {"until": AT + WITHIN, "seconds": 900}
    assert codes.refused("zhang01", right).code == "codes_locked", "also the right one comes too late"
    assert codes.consents.open("li02", right).conversation == "c1", "a colleague is not locked"
    codes.at += WITHIN
    assert codes.refused("zhang01", right).code == "wrong_code"


def test_one_conversation_gets_no_more_than_a_few_codes_an_hour(codes):
    for _ in range(MOST_CODES):
        codes.consents.give("c1")
    with pytest.raises(ConsentProblem, match="too_many_codes"):
        codes.consents.give("c1")
    codes.consents.give("c2")
    codes.at += timedelta(hours=1, seconds=1)
    codes.consents.give("c1")


def test_so_few_codes_are_out_at_once_that_guessing_is_in_vain(codes, monkeypatch):
    monkeypatch.setattr("services.consents.MOST_WAITING", 2)
    codes.consents.give("c1")
    codes.consents.give("c2")
    with pytest.raises(ConsentProblem, match="codes_busy"):
        codes.consents.give("c3")
    codes.at += CODE_LASTS
    codes.consents.give("c3")


def test_no_code_stands_in_the_file(codes, tmp_path):
    digits = codes.consents.give("c1").digits
    for file in tmp_path.iterdir():
        assert digits.encode() not in file.read_bytes()


@pytest.mark.parametrize("statement", ["DELETE FROM openings", "UPDATE openings SET officer_id = 'nobody'"])
def test_the_record_cannot_be_rewritten(codes, tmp_path, statement):
    codes.consents.open("zhang01", codes.consents.give("c1").digits)
    with sqlite3.connect(tmp_path / "consents.db") as database, pytest.raises(sqlite3.IntegrityError, match="append-only"):
        database.execute(statement)
    database.close()
