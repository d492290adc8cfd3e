"""Private words go in by every other entry than talking; nothing of them may be found, and what is deleted is gone."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field

import httpx
import pytest
from erasing import Erased, erase
from left_behind import LeftBehind, files_of
from marked_people import Marked, Traces, marked_person
from own_process import OwnProcess
from planting import START, Page, Rest, answers_of
from planting_requests import (
    POSTED,
    Desk,
    ask_everywhere,
    bills_of,
    bodies_of,
    headers_of,
    pdf_of,
    photo_of,
    refused_papers,
    upload,
    upload_on_page,
)

from server.sessions import Sessions
from services.secrets_box import kept_signing_secret

pytestmark = pytest.mark.model
PAPER = "residence_proof"


@dataclass
class Scenario:
    """What was done, and what whoever has nothing to do with it was answered."""

    rest: Rest
    process: OwnProcess
    control: Marked
    told_to_others: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)


def up_to_the_paper(rest: Rest, sender: str) -> Marked:
    """Somebody of 高邮 who is asked for a paper."""
    person = rest.new_person(sender)
    rest.say(sender, "我是高邮医保，我要办长期异地备案", "去南京")
    replies = rest.fill_in(sender, answers_of(person, treatment_region="南京", reason="异地长期居住"))
    assert replies.asked == f"paper:{PAPER}", replies
    return person


def with_papers(scenario: Scenario) -> None:
    """Pictures and PDFs that are taken and others that are not, with names and contents that say whose they are."""
    rest, wrong = scenario.rest, scenario.rest.new_person("papers")
    person = up_to_the_paper(rest, "papers")
    refused = [upload(rest, "papers", PAPER, content, wrong) for content in refused_papers(wrong)]
    refused += [upload(rest, sender, paper, photo_of(wrong), wrong) for sender, paper in (("papers", wrong.phone), (wrong.name, PAPER))]
    assert {answer.status_code for answer in refused} <= {409, 413, 422}
    assert Traces([wrong]).found_in(b"".join(answer.content for answer in refused)) == []
    for content in (photo_of(person), photo_of(person, "PNG"), photo_of(person, "WEBP"), pdf_of(person)):
        answer = upload(rest, "papers", PAPER, content, wrong)
        assert answer.status_code == 200, answer.text
    rest.say("papers", answer.json()["button"]["payload"], wrong.in_one_line(), "传好了，下一步")
    scenario.numbers.append(rest.say("papers", "提交", "确认提交").custom("receipt")["filing_no"])


def on_the_page(scenario: Scenario) -> None:
    """Bills and papers from the page, with and without a draft; bills that are pasted."""
    rest, page = scenario.rest, Page(scenario.process.url)
    person = rest.new_person(page.cookie)
    statuses = {upload_on_page(page, "bill", content, person).status_code for content in bills_of(person)}
    assert statuses == {200, 413, 422}
    assert upload_on_page(page, f"paper?paper={PAPER}", photo_of(person), person).status_code == 409
    page.talk(*(content.decode(errors="replace")[:2_000] for content in bills_of(person)[:2]), client_id=person.phone)


def confirmed_long_ago(process: OwnProcess, number: str) -> None:
    """As if six months had gone by since: before, its end can't even be asked for."""
    with closing(sqlite3.connect(process.data_dir / "filings.db")) as db, db:
        db.execute("UPDATE filings SET confirmed_on = '2026-01-05', effective_on = '2026-01-05' WHERE filing_no = ?", [number])


def over_the_desk(scenario: Scenario) -> None:
    """Logins, searches, reasons and keys of an officer; what the desk reads in clear stays in its answers."""
    rest, client = scenario.rest, scenario.rest.client
    typed, officer = rest.new_person(), rest.new_person()
    for value in typed.values().values():
        assert client.post("/desk/login", json={"officer_id": value, "password": typed.in_one_line()}).status_code == 401
    desk = Desk(scenario.process, "kong01", scenario.control.name, officer.in_one_line(), "371000", "321084")
    for password in typed.values().values():
        assert client.post("/desk/login", json={"officer_id": "kong02", "password": password}).status_code in (401, 429)
    returned, ending = rest.new_person("returned"), rest.new_person("ending")
    scenario.numbers += [rest.file("returned", returned), rest.file("ending", ending)]
    assert desk.client.post("/desk/search", json={"id_number": returned.id_number}).json()["filings"]
    assert desk.client.post("/desk/search", json={"id_number": typed.id_number}).json() == {"filings": []}
    for number in scenario.numbers:
        assert {answer.status_code for answer in desk.read_all(number, typed.in_one_line()[:100])} == {200}
    reason = f"请核对：{returned.in_one_line()}"
    assert desk.decide(scenario.numbers[-2], "return", returned.id_number, reason=reason, fields=[typed.id_number]).status_code == 422
    assert desk.decide(scenario.numbers[-2], "return", returned.id_number, reason=reason, fields=["phone"]).status_code == 200
    assert returned.phone in rest.say("returned", "我的备案").text, "its owner reads the reason"
    rest.say("returned", "改好重交", returned.in_one_line(), "稍后继续")
    assert desk.decide(scenario.numbers[-1], "confirm", ending.phone).status_code == 200
    confirmed_long_ago(scenario.process, scenario.numbers[-1])
    rest.say("ending", "我的备案", "注销", "是的")
    answer = desk.decide(scenario.numbers[-1], "end", ending.id_number, agreed=False, reason=f"不同意：{ending.in_one_line()}")
    assert answer.status_code == 200, answer.text
    assert ending.phone in desk.client.get(f"/desk/filings/{scenario.numbers[-1]}").text
    rest.say("ending", "我的备案")


def in_addresses_headers_and_bodies(scenario: Scenario) -> None:
    rest = scenario.rest
    person, other = rest.new_person(), rest.new_person()
    answers = ask_everywhere(rest, person) + ask_everywhere(rest, person, **headers_of(other))
    for body in bodies_of(person):
        for path in POSTED:
            for media_type in ("application/json", f"text/plain; name={person.id_number}"):
                answers.append(rest.client.post(f"/{path.format(person.phone)}", content=body, headers={"Content-Type": media_type}))
    assert max(answer.status_code for answer in answers) < 500
    headers = {"X-File-Name": "x"}
    line = httpx.get(f"{scenario.process.url}/chat/ws?name={person.phone}", headers=headers, trust_env=False)
    assert line.status_code < 500


def as_somebody_else(scenario: Scenario) -> None:
    """What a newcomer, a newcomer's page and an officer of elsewhere are answered."""
    rest, process = scenario.rest, scenario.process
    desk = Desk(process, "hang01", "杭州的经办", "another password", "330100")
    answers = [rest.client.get("/webhooks/rest/webhook", params={"sender": "newcomer"}), desk.client.get("/desk/queue")]
    for number in scenario.numbers:
        answers += [rest.client.get(f"/documents/{number}.pdf", params=query) for query in ({"sender": "newcomer"}, {})]
        answers += [rest.client.get(f"/verify/{number}", headers={"Accept": media_type}) for media_type in ("text/html", "*/*")]
        answers += [desk.client.get(f"/desk/filings/{number}{part}") for part in ("", "/document", "/audit")]
        answers.append(desk.client.post(f"/desk/filings/{number}/clear", json={"reason": "call"}))
    scenario.told_to_others += [answer.text for answer in answers]
    for text in ("我的备案", "查我的备案", *scenario.numbers, f"{scenario.numbers[0]} 0000 13800000000", "我说过什么", "继续办"):
        scenario.told_to_others += [str(rest.say("newcomer", text)), str(Page(process.url).talk(text))]


def erased_over_rest(scenario: Scenario) -> Erased:
    """With a draft and its paper."""
    rest, process = scenario.rest, scenario.process
    person = up_to_the_paper(rest, "erased")
    assert upload(rest, "erased", PAPER, photo_of(person), person).status_code == 200
    rest.say("erased", *person.values().values())
    steps = (lambda: rest.say("erased", "删除我的信息"), lambda: rest.say("erased", "确定删除"))
    return erase(process, sessions_of(process).rest_conversation("erased"), *steps)


def erased_on_the_page(scenario: Scenario) -> Erased:
    """With a draft and without a paper."""
    process, page = scenario.process, Page(scenario.process.url)
    person = scenario.rest.new_person()
    page.talk(*person.values().values(), *START, "本人", person.name, person.id_number, person.phone, client_id=person.phone)
    conversation = sessions_of(process).conversation(page.cookie)
    assert conversation
    gone = erase(process, conversation, lambda: page.talk("删除我的信息"), lambda: page.talk("确定删除", client_id=person.phone))
    assert page.history() == []
    return gone


def sessions_of(process: OwnProcess) -> Sessions:
    return Sessions(kept_signing_secret(process.data_dir / "keys" / "filing.key"))


@dataclass
class Outcome:
    """What there is to look through when all is done."""

    scenario: Scenario
    erased: tuple[Erased, Erased]
    left: LeftBehind


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outcome]:
    process = OwnProcess(tmp_path_factory.mktemp("everywhere"))
    process.start()
    try:
        scenario = Scenario(Rest(process.url), process, marked_person())
        for plant in (with_papers, on_the_page, over_the_desk, in_addresses_headers_and_bodies, as_somebody_else):
            plant(scenario)
        earlier = files_of(process, "running ")
        gone = erased_over_rest(scenario), erased_on_the_page(scenario)
        assert scenario.rest.client.get("/webhooks/rest/webhook", params={"sender": "erased"}).json() == []
        earlier |= files_of(process, "at the end ")
    finally:
        process.stop()
    yield Outcome(scenario, gone, LeftBehind(process, scenario.rest.people, earlier))


def test_what_is_in_the_clear_is_found(outcome):
    """An officer's name is no secret: found, it shows that the search would find the others."""
    control = Traces([outcome.scenario.control])
    found = {name for name, content in outcome.left.files.items() if control.found_in(content)}
    assert {"officers.db", "officers.db-wal"} & found and {"running officers.db", "running officers.db-wal"} & found
    assert {name.removeprefix("running ").removeprefix("at the end ").split("-")[0] for name in found} == {"officers.db"}


def test_every_sort_of_file_was_looked_into(outcome):
    kinds = {name.split("/")[0] for name in outcome.left.files}
    assert {"papers", "documents", "keys", "filings.db", "conversations.db", "officers.db", "running filings.db-wal"} <= kinds


def test_no_file_holds_a_private_word(outcome):
    assert outcome.left.in_files() == {}


def test_no_file_is_named_after_anyone(outcome):
    assert outcome.left.traces.found_in("\n".join(outcome.left.files)) == []


def test_the_log_holds_no_private_word(outcome):
    assert b"rasa.core.processor" in outcome.left.log
    assert outcome.left.traces.found_in(outcome.left.log) == []


def test_the_log_tells_of_no_fault(outcome):
    """A trace is where private words are printed by code that nobody thought of."""
    assert b"Traceback" not in outcome.left.log


def test_the_dialogues_events_hold_no_private_word(outcome):
    assert len(outcome.left.events) > 5 and outcome.left.in_events() == {}


def test_nobody_sees_in_their_talk_what_others_told(outcome):
    rest, left = outcome.scenario.rest, outcome.left
    known = left.sessions
    owners = {known.conversation(one) or known.rest_conversation(one): people for one, people in rest.told_by.items()}
    assert left.shown_to_others(owners) == {}
    assert left.shown_to_others({}), "an officer's reason is shown to whom it concerns"


def test_whoever_has_nothing_to_do_with_it_is_told_nothing(outcome):
    told = outcome.scenario.told_to_others
    assert len(told) > 40 and outcome.left.traces.found_in("\n".join(told)) == []


@pytest.mark.parametrize("which", [0, 1], ids=["rest", "page"])
def test_of_what_was_deleted_nothing_is_left(outcome, which):
    gone = outcome.erased[which]
    assert {"conversations.db-wal", "filings.db-wal"} & gone.found_before, "the search finds what has not been deleted"
    assert (gone.rows_left, gone.files_left) == (0, set())
    left = {name: content for name, content in outcome.left.files.items() if not name.startswith("running ")}
    assert gone.left_in(left) == set()


def test_the_deleted_drafts_paper_is_gone(outcome):
    before, after = outcome.erased[0].papers
    assert after == before - 1
