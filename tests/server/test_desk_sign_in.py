"""Who is asking at the desk's API: sign-in, cookies, sessions."""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta

import httpx
import pytest
from desk_callers import FOREIGN, OWN, PAGE, PASSWORD, REGIONS, Caller, said
from filing_office import GAOYOU, HANGZHOU, PERSON, WEIHAI

from server.desk_sessions import COOKIE, password_slots

READS = ("session", "queue", "accounts", "accounts/events", "filings/x", "filings/x/papers/y", "filings/x/document", "filings/x/audit")


WRITES = (
    "logout", "logout/everywhere", "password", "accounts", "accounts/x1/disable", "accounts/x1/enable", "accounts/x1/role", "accounts/x1/password",
    "search", "filings/x/clear", "filings/x/confirm", "filings/x/return", "filings/x/end",
)


async def test_a_login_gives_the_token_the_areas_and_a_cookie_no_script_can_read(caller, office):
    answer = await caller.log_in()
    body = answer.json()
    assert answer.status_code == 200 and answer.headers["cache-control"] == "no-store"
    assert body["officer"] == {"id": "zhang01", "name": "张经办", "role": "officer"}
    assert body["regions"] == [{"code": GAOYOU, "name": "江苏省扬州市高邮市"}, {"code": WEIHAI, "name": "山东省威海市"}]
    assert body["expires_at"] == (office.clock.at + timedelta(hours=12)).isoformat()
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"{COOKIE}={body['token']};")
    assert "HttpOnly" in cookie and "SameSite=strict" in cookie and "Path=/desk" in cookie and "Secure" not in cookie


async def test_over_https_the_cookie_never_travels_in_the_clear(app):
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="https://localhost") as client:
        assert "Secure" in (await Caller(client).log_in()).headers["set-cookie"]


@pytest.mark.parametrize("officer_id", ["zhang01", "nobody"])
async def test_a_wrong_password_tells_how_often_one_may_try_and_then_until_when_it_is_locked(caller, officer_id):
    for left in (4, 3, 2, 1):
        answer = await caller.log_in(officer_id, "not the password")
        assert said(answer) == (401, "wrong_login") and answer.json()["details"] == {"left": left}
    assert answer.json()["message"] == "工号或密码不对，请核对。还可以试1次。"
    for password in ("not the password", PASSWORD):
        answer = await caller.log_in(officer_id, password)
        assert said(answer) == (429, "login_locked") and answer.headers["retry-after"] == "900"
    assert answer.json()["message"] == "密码错了5次，这个工号先锁住。请10点45分以后再试。"
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("token", [None, "made up", "é", "a" * 5000])
@pytest.mark.parametrize(("method", "path"), [("GET", path) for path in READS] + [("POST", path) for path in WRITES])
async def test_without_a_session_nothing_is_answered(caller, method, path, token):
    headers = {"Authorization": f"Bearer {token}".encode()} if token else {}
    answer = await caller.http.request(method, f"/desk/{path}", headers=headers)
    assert said(answer) == (401, "not_logged_in")
    assert answer.headers["www-authenticate"] == "Bearer"
    assert answer.json()["message"] == "还没有登录，或者登录已经过期。请重新登录。"


async def test_the_page_reads_with_its_cookie_and_changes_things_only_from_its_own_origin(caller, office):
    no = office.submitted()
    await caller.log_in()
    search = {"id_number": PERSON["id_number"]}
    assert (await caller.get(f"filings/{no}")).status_code == 200
    assert said(await caller.http.get("/desk/queue", headers={"Origin": FOREIGN})) == (403, "foreign_origin")
    for headers, is_allowed in (
        ({}, False), ({"Origin": FOREIGN}, False), ({**PAGE, "Origin": FOREIGN}, False), ({"Origin": "null"}, False),
        ({"Origin": OWN}, True), (PAGE, True), ({**PAGE, "Origin": OWN}, True),
    ):
        answer = await caller.http.post("/desk/search", json=search, headers=headers)
        assert answer.status_code == (200 if is_allowed else 403), headers
    assert said(await caller.log_in(Origin=FOREIGN)) == (403, "foreign_origin")


async def test_a_wrong_bearer_is_not_made_good_by_a_cookie(caller):
    await caller.log_in()
    assert said(await caller.http.get("/desk/queue", headers={"Authorization": "Bearer other"})) == (401, "not_logged_in")


async def test_logging_out_ends_the_session_and_takes_the_cookie_back(caller):
    await caller.log_in()
    assert (await caller.get("session")).json()["officer"]["id"] == "zhang01"
    token = caller.http.cookies[COOKIE]
    answer = await caller.http.post("/desk/logout", headers=PAGE)
    assert answer.status_code == 204 and "Max-Age=0" in answer.headers["set-cookie"]
    assert said(await caller.http.get("/desk/session", headers={"Authorization": f"Bearer {token}"})) == (401, "not_logged_in")


async def test_a_disabled_officer_is_out_at_the_next_request(zhang, app):
    assert (await zhang.get("queue")).status_code == 200
    app.state.desk.accounts.disable("zhang01")
    assert said(await zhang.get("queue")) == (401, "not_logged_in")
    assert said(await zhang.log_in()) == (403, "account_disabled")


async def test_a_session_nobody_uses_ends_after_twelve_hours(zhang, office):
    office.clock.at += timedelta(hours=12)
    assert said(await zhang.get("queue")) == (401, "not_logged_in")


async def test_two_passwords_are_checked_at_a_time_and_the_others_wait():
    slots, running, most = password_slots(), [], []

    def check() -> int:
        running.append(1)
        most.append(len(running))
        time.sleep(0.01)
        running.pop()
        return len(most)

    assert len(await asyncio.gather(*(slots.run(check) for _ in range(12)))) == 12
    assert max(most) == 2


# --- roles ---

OFFICERS_ONLY = [
    ("GET", "queue"), ("POST", "filings/{no}/confirm"), ("POST", "filings/{no}/return"), ("POST", "filings/{no}/end"),
    ("GET", "filings/{no}/papers/x"), ("GET", "filings/{no}/document"), ("GET", "filings/{no}/audit"),
]
ADMINS_ONLY = [
    ("GET", "accounts"), ("POST", "accounts"), ("GET", "accounts/events"), ("POST", "accounts/li02/disable"), ("POST", "accounts/li02/enable"),
    ("POST", "accounts/li02/role"), ("POST", "accounts/li02/password"),
]


@pytest.mark.parametrize(("method", "path"), OFFICERS_ONLY + ADMINS_ONLY)
async def test_an_agent_may_not_do_what_is_an_officers_or_an_administrators(wang, office, method, path):
    no = office.submitted()
    answer = await wang.http.request(method, f"/desk/{path.format(no=no)}", json={"version": 1} if method == "POST" else None)
    assert said(answer) == (403, "not_allowed") and "找管理员" in answer.json()["message"]


@pytest.mark.parametrize(("method", "path"), ADMINS_ONLY)
async def test_an_officer_keeps_no_accounts(zhang, method, path):
    assert said(await zhang.http.request(method, f"/desk/{path}")) == (403, "not_allowed")


async def test_an_agent_finds_filings_of_all_regions_masked_and_clear_with_a_reason(wang, office):
    for region, conversation in ((WEIHAI, "c1"), (HANGZHOU, "c2")):
        no = office.submitted(conversation) if region == WEIHAI else office.file("long_term_residence", region, conversation)
        assert (await wang.filing(no))["insured_region"]["code"] == region
        assert (await wang.post(f"filings/{no}/clear", reason="call")).status_code == 200
    session = (await wang.get("session")).json()
    assert session["officer"]["role"] == "agent" and {region["code"] for region in session["regions"]} == set(REGIONS)


async def test_an_administrator_sees_the_queue_of_all_regions(boss, office):
    office.submitted()
    office.file("long_term_residence", GAOYOU, "c2")
    assert len((await boss.get("queue")).json()["filings"]) == 2
