"""What the desk's API cannot read, and what it says when something breaks."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from desk_callers import said
from filing_office import PERSON, policy

from server.bodies import TAKEN_IN
from server.routes import desk_errors
from server.routes.desk_parts import Desk

BAD_BODIES = [
    b"", b"null", b"[]", b"{}", b'"text"', b"{", b"\xff\xfe", b"{'a': 1}", b'{"version": 1, "extra": 1}', b'{"version": true}', b'{"version": 1.5}',
    b'{"version": "1"}', b'{"version": 0}', b'{"version": 1e400}', b'{"version": NaN}', b'{"version": -Infinity}', b'{"version": ' + b"9" * 5000 + b"}",
    b"[" * 20_000, b'{"version": 1, "reason": "\\ud800\\ud800\\ud800\\ud800\\ud800"}', b'{"version": 1, "\\ud800": 1}',
    b'{"version": 1, "reason": "has a \\u0000 in it", "agreed": false}', b'{"version": 1, "reason": ["a list"], "fields": {}}',
    b'{"version": 1, "reason": "long enough", "fields": ["\\udfff"]}', b'{"version": 1, "reason": "long enough", "fields": [null]}',
    b'{"version": 1, "reason": "long enough", "fields": ' + str(["phone"] * 41).replace("'", '"').encode() + b"}",
    b'{"version": 1, "on": "2026-11-22\\u0000"}', b'{"officer_id": "\\ud800", "password": "x"}', b'{"id_number": "\\ud800"}', b'{"id_number": 371002199001011237}',
]


@pytest.mark.parametrize("body", BAD_BODIES)
@pytest.mark.parametrize("path", ["login", "search", "filings/{no}/clear", "filings/{no}/confirm", "filings/{no}/return", "filings/{no}/end", "password"])
async def test_a_body_that_makes_no_sense_is_refused_in_chinese_and_not_repeated(zhang, office, path, body):
    no = office.submitted()
    headers = {"Content-Type": "application/json", "Idempotency-Key": "some-key-1"}
    answer = await zhang.http.post(f"/desk/{path.format(no=no)}", content=body, headers=headers)
    assert said(answer) == (422, "bad_input")
    assert answer.text.isascii() is False and "371002199001011237" not in answer.text and "\\ud" not in answer.text


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "", "application/json; charset=utf-16", "💥".encode()])
async def test_only_json_is_taken(zhang, content_type):
    headers = {"Content-Type": content_type}
    answer = await zhang.http.post("/desk/search", content=b'{"id_number": "371002199001011237"}', headers=headers)
    assert answer.status_code == (200 if "json" in str(content_type) else 422)


async def test_a_body_without_end_is_not_taken_in(zhang):
    taken = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal taken
        while True:
            taken += 1
            yield b"x" * 10_000

    assert said(await zhang.http.post("/desk/search", content=endless())) == (413, "too_large")
    assert taken * 10_000 <= TAKEN_IN * desk_errors.LARGEST_BODY + 20_000


@pytest.mark.parametrize(("path", "method", "allowed"), [("queue", "POST", "GET"), ("login", "GET", "POST"), ("filings/x/confirm", "DELETE", "POST"), ("filings/x", "PUT", "GET")])
async def test_a_wrong_method_is_told_which_is_right(zhang, path, method, allowed):
    answer = await zhang.http.request(method, f"/desk/{path}")
    assert said(answer) == (405, "method_not_allowed") and answer.headers["allow"] == allowed


async def test_a_fault_of_ours_is_told_without_its_words(zhang, app, office, caplog):
    no = office.submitted()

    def torn(_: object) -> bytes:
        raise RuntimeError(PERSON["name"])

    app.state.desk = Desk(app.state.desk.accounts, app.state.desk.sign_in, office.desk, policy(), torn, office.clock)
    answer = await zhang.get(f"filings/{no}/document")
    assert said(answer) == (500, "failed")
    assert PERSON["name"] not in answer.text + caplog.text and "RuntimeError" in caplog.text


def test_every_code_has_words():
    from services.account_problems import SENTENCES

    assert not [code for code in desk_errors.STATUSES if code not in desk_errors.SENTENCES and code not in SENTENCES and code != "bad_input"]
    assert all(sentence.endswith("。") for sentence in desk_errors.SENTENCES.values())
