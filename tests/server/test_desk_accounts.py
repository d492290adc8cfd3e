"""Accounts over the desk's API: the administrator's list, new passwords shown once, one's own password."""

from __future__ import annotations

import pytest
from desk_callers import PAGE, PASSWORD, said
from filing_office import GAOYOU, WEIHAI

from server.desk_sessions import COOKIE

NEW = {"officer_id": "liu04", "name": "刘新", "role": "officer", "regions": [WEIHAI]}


async def test_an_administrator_adds_somebody_who_signs_in_with_the_password_that_is_shown_once(boss):
    answer = (await boss.post("accounts", **NEW)).json()
    assert answer["account"] == {
        "id": "liu04", "name": "刘新", "role": "officer", "has_all_regions": False, "is_active": True,
        "regions": [{"code": WEIHAI, "name": "山东省威海市"}],
    }
    listed = (await boss.get("accounts")).json()
    assert answer["account"] in listed["accounts"] and answer["password"] not in str(listed)
    assert {"code": GAOYOU, "name": "江苏省扬州市高邮市"} in listed["regions"]
    assert (await boss.log_in("liu04", answer["password"])).status_code == 200


@pytest.mark.parametrize(
    ("changed", "status", "code"),
    [
        ({"officer_id": "zhang01"}, 409, "account_exists"), ({"regions": ["110000"]}, 422, "no_such_region"), ({"regions": ["*"]}, 422, "not_all_regions"),
        ({"name": "  "}, 422, "bad_name"), ({"officer_id": "a b"}, 422, "bad_input"), ({"role": "king"}, 422, "bad_input"), ({"regions": []}, 422, "bad_input"),
    ],
)
async def test_an_account_that_makes_no_sense_is_refused_and_not_made(boss, changed, status, code):
    assert said(await boss.post("accounts", **{**NEW, **changed})) == (status, code)
    assert len((await boss.get("accounts")).json()["accounts"]) == 4


async def test_disabling_puts_out_at_once_and_enabling_lets_in_again(boss):
    boss_token = boss.http.headers["Authorization"]
    await boss.as_program("li02")
    li_token, boss.http.headers["Authorization"] = boss.http.headers["Authorization"], boss_token
    assert (await boss.post("accounts/li02/disable")).json()["account"]["is_active"] is False
    assert said(await boss.http.get("/desk/session", headers={"Authorization": li_token})) == (401, "not_logged_in")
    assert said(await boss.log_in("li02")) == (403, "account_disabled")
    assert (await boss.post("accounts/li02/enable")).json()["account"]["is_active"] is True
    assert (await boss.log_in("li02")).status_code == 200


async def test_a_new_password_takes_the_place_of_the_old_one(boss):
    password = (await boss.post("accounts/li02/password")).json()["password"]
    assert said(await boss.log_in("li02")) == (401, "wrong_login")
    assert (await boss.log_in("li02", password)).status_code == 200


async def test_a_role_is_changed_and_the_last_administrator_is_kept(boss):
    account = (await boss.post("accounts/li02/role", role="agent", regions=["*"])).json()["account"]
    assert (account["role"], account["has_all_regions"], account["regions"]) == ("agent", True, [])
    assert said(await boss.post("accounts/boss/role", role="agent", regions=["*"])) == (409, "last_admin")
    assert said(await boss.post("accounts/boss/disable")) == (409, "last_admin")
    assert said(await boss.post("accounts/nobody/disable")) == (404, "account_not_found")


async def test_sign_ins_and_changes_are_shown_the_newest_first(boss):
    await boss.post("accounts/li02/disable")
    await boss.log_in("wang03", "not the password")
    events = (await boss.get("accounts/events")).json()["events"]
    assert [(one["actor"], one["event"], one["account"]) for one in events[:3]] == [
        ("wang03", "wrong_password", "wang03"), ("boss", "disabled", "li02"), ("boss", "signed_in", "boss"),
    ]
    assert events[1]["title"] == "停用" and events[-1]["actor"] == ""
    mine = (await boss.get("accounts/events", account="li02", limit=1)).json()["events"]
    assert [one["event"] for one in mine] == ["disabled"]


async def test_whoever_changes_their_password_stays_in_by_the_page_and_is_out_elsewhere(caller):
    await caller.log_in()
    elsewhere = (await caller.log_in()).json()["token"]
    await caller.log_in()
    body = {"present": PASSWORD, "password": "another-password"}
    answer = await caller.http.post("/desk/password", json=body, headers=PAGE)
    assert answer.status_code == 200 and answer.json()["token"] == caller.http.cookies[COOKIE]
    assert (await caller.get("session")).status_code == 200
    assert said(await caller.http.get("/desk/session", headers={"Authorization": f"Bearer {elsewhere}"})) == (401, "not_logged_in")
    assert (await caller.log_in(password="another-password")).status_code == 200


async def test_a_wrong_present_password_does_not_sign_out(zhang):
    assert said(await zhang.post("password", present="not the password", password="another-password")) == (403, "wrong_password")
    assert said(await zhang.post("password", present=PASSWORD, password="short")) == (422, "password_too_short")
    assert said(await zhang.post("password", present=PASSWORD, password=PASSWORD)) == (422, "same_password")
    assert (await zhang.get("session")).status_code == 200


async def test_signing_out_everywhere_ends_every_session(caller):
    token = (await caller.log_in()).json()["token"]
    await caller.log_in()
    answer = await caller.http.post("/desk/logout/everywhere", headers=PAGE)
    assert answer.status_code == 204 and "Max-Age=0" in answer.headers["set-cookie"]
    assert said(await caller.http.get("/desk/session", headers={"Authorization": f"Bearer {token}"})) == (401, "not_logged_in")
