"""Private words are told in every sort of talk, then looked for in every file, in the log and in Rasa's events."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from left_behind import LeftBehind, files_of
from marked_people import Traces
from own_process import OwnProcess
from planting import IN_A_QUESTION, START, Page, Rest, answers_of, drawing

pytestmark = pytest.mark.model


def as_the_first_message(rest: Rest) -> None:
    for kind, value in rest.new_person(*(f"first {kind}" for kind in ("name", "address", "hospital"))).values().items():
        rest.say(f"first {kind}", value, "/" + value, value + "？")


def inside_questions(rest: Rest) -> None:
    for number, sentence in enumerate(IN_A_QUESTION):
        rest.say(f"question {number}", sentence.format(**rest.new_person(f"question {number}").values()), "为什么？")


def as_the_sender(rest: Rest) -> None:
    for value in rest.new_person().values().values():
        rest.say(value, "威海参保，备案管多久")


def as_the_messages_own_id(rest: Rest) -> None:
    for value in rest.new_person().values().values():
        body = {"sender": "ids", "message": "备案管多久", "message_id": value}
        assert rest.client.post("/webhooks/rest/webhook", json=body).status_code == 200


def in_the_wrong_fields(rest: Rest) -> None:
    """At every step something that does not belong there, and only then the answer."""
    right, wrong = rest.new_person("wrong fields"), rest.new_person("wrong fields")
    values = tuple(wrong.values().values())
    asked = (*(value + "吗？" for value in values), "／" + wrong.phone, IN_A_QUESTION[5].format(**wrong.values()))
    rest.say("wrong fields", START[0])
    rest.fill_in("wrong fields", answers_of(right), wrong=(*values[1:], *asked, values[0]), each=3)
    # What passed for a name or an address is part of the test: corrected at the review.
    rest.say("wrong fields", *wrong.values().values(), *right.values().values(), "取消", "是的")


def for_the_family_in_hospital(rest: Rest) -> None:
    """A late filing by an agent: her name and numbers, the hospital; with somebody else's at each step."""
    right, agent, wrong = (rest.new_person("late filing") for _ in range(3))
    rest.say("late filing", "我是杭州医保", "我要补办备案", "去上海", "住院", "临时去看病")
    answers = answers_of(right, agent)
    assert rest.last.asked == "filed_for", rest.last
    rest.fill_in("late filing", answers, wrong=tuple(wrong.values().values()))
    assert rest.fill_in("late filing", answers).asked == "review", rest.last
    rest.say("late filing", "都对", *wrong.values().values(), "我同意", wrong.name, agent.name, right.name)


def at_the_choices(rest: Rest) -> None:
    """In the review, at the letter, as the signature; then handed in with a typed signature."""
    right, wrong = rest.new_person("choices"), rest.new_person("choices")
    rest.say("choices", *START)
    assert rest.fill_in("choices", answers_of(right)).asked == "review", rest.last
    rest.say("choices", *wrong.values().values(), "改电话", wrong.phone, "改电话", right.phone, "都对")
    assert rest.last.asked == "commitment", rest.last
    rest.say("choices", *wrong.values().values(), "我同意")
    rest.say("choices", wrong.name, wrong.id_number, "我叫" + wrong.name)
    url = rest.say("choices", right.name).custom("receipt")["document_url"]
    assert rest.client.get(url).content.startswith(b"%PDF")
    rest.say("choices", *right.values().values())


def with_a_drawn_signature(rest: Rest) -> None:
    right = rest.new_person("drawn")
    rest.say("drawn", START[0], drawing(), *START[1:])
    rest.fill_in("drawn", answers_of(right))
    assert rest.say("drawn", drawing(), "都对", "我同意", drawing()).customs("receipt")


def paused_and_cancelled(rest: Rest) -> None:
    right = rest.new_person("paused")
    rest.say("paused", *START, "本人", right.name, right.id_number, "稍后继续", right.phone, right.name, "取消", "取消", right.id_number)


def looked_up(rest: Rest) -> None:
    """By the right proof, by wrong ones, and with an ID number or a phone where the filing's number belongs."""
    right, wrong = rest.new_person("filer", "finder"), rest.new_person("finder")
    number = rest.file("filer", right)
    misread = number[:-1] + str((int(number[-1]) + 1) % 10)
    rest.say("finder", "凭备案号查", wrong.in_one_line(), f"备案号{wrong.id_number}", f"备案号 {wrong.phone}{wrong.id_number}")
    rest.say("finder", f"备案号 {wrong.id_number} 后四位 {wrong.id_number[-4:]} 电话 {wrong.phone}", f"备案号是{wrong.card}")
    rest.say("finder", f"{misread} {wrong.id_number} {wrong.phone}", misread, f"备案号{wrong.id_number[:17]}能查吗？")
    rest.say("finder", f"备案号 {number} 后四位 {wrong.id_number[-4:]} 电话 {wrong.phone}", number, wrong.id_number)
    found = rest.say("finder", f"{number} {right.id_number} {right.phone}").custom("filing")
    assert found["filing_no"] == number
    rest.say("finder", wrong.in_one_line(), "撤回", wrong.name, "撤回", "是的")


def malformed(rest: Rest) -> None:
    """Refused by the server before any dialogue."""
    person, webhook = rest.new_person(), "/webhooks/rest/webhook"
    cut = json.dumps({"sender": person.name, "message": person.in_one_line() + "\ud83d", "message_id": person.card})
    bodies = [{"sender": {"x": person.name}, "message": person.id_number}, {"message": [person.phone]}, [person.card],
              {"sender": person.id_number * 10, "message": person.in_one_line()}, {person.name: person.id_number},
              {"message": person.in_one_line(), "sender": float("nan")}, {"message": person.address * 20_000}]
    for body in (*map(json.dumps, bodies), cut, person.address, "{" + person.in_one_line()):
        answer = rest.client.post(webhook, content=body.encode(), headers={"Content-Type": "application/json"})
        assert answer.status_code == 422, (answer.status_code, body[:60])
        assert Traces([person]).found_in(answer.content) == [], "a refusal goes into other people's logs"


@pytest.fixture(scope="module")
def rest_and_findings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Rest, LeftBehind]]:
    process = OwnProcess(tmp_path_factory.mktemp("private"))
    process.start()
    try:
        rest, page = Rest(process.url), Page(process.url)
        for plant in (as_the_first_message, inside_questions, as_the_sender, as_the_messages_own_id, in_the_wrong_fields,
                      for_the_family_in_hospital, at_the_choices, with_a_drawn_signature, paused_and_cancelled, looked_up, malformed):
            plant(rest)
        right, other = rest.new_person(page.cookie), rest.new_person(page.cookie)
        junk = ("{" + other.id_number, json.dumps({"type": "press", "payload": "btn:" + other.id_number}),
                json.dumps({"type": other.phone, "text": other.name, "client_id": other.card}))
        page.talk(*other.values().values(), *(q.format(**other.values()) for q in IN_A_QUESTION), *START, "本人",
                  right.name, right.id_number, right.phone, client_id=other.phone, junk=junk)
        earlier = files_of(process, "running ")
        process.stop()
        process.start()
        late = rest.new_person("wrong fields", "after restart", page.cookie)
        rest.say("wrong fields", late.id_number, *(q.format(**late.values()) for q in IN_A_QUESTION))
        rest.say("after restart", *late.values().values())
        page.talk("投靠亲属", "今天", right.address, "都对", "我同意", client_id=late.id_number)
        assert page.talk(right.name).customs("receipt")
        earlier |= files_of(process, "second ")
    finally:
        process.stop()
    yield rest, LeftBehind(process, rest.people, earlier)


@pytest.fixture(scope="module")
def findings(rest_and_findings: tuple[Rest, LeftBehind]) -> LeftBehind:
    return rest_and_findings[1]


def test_the_search_finds_what_is_there(findings):
    """A search that finds nothing must be able to find something."""
    person = findings.people[0]
    for kind, value in person.values().items():
        for text in (value, json.dumps({"text": value}, ensure_ascii=True)):
            found = findings.traces.found_in(b"\x00" + text.encode() + b"\x00")
            assert f"{kind} {value}" in found


def test_every_kind_of_file_was_looked_into(findings):
    names = set(findings.files)
    assert {"running filings.db", "running filings.db-wal", "running conversations.db", "running conversations.db-wal"} <= names
    assert {"filings.db", "conversations.db", "officers.db", "keys/filing.key"} <= names


def test_no_file_holds_a_private_word(findings):
    assert findings.in_files() == {}


def test_no_file_is_named_after_anyone(findings):
    assert findings.traces.found_in("\n".join(findings.files)) == []


def test_the_log_was_at_its_most_talkative(findings):
    assert b"processor.message.parse" in findings.log and len(findings.log) > 10_000


def test_the_log_holds_no_private_word(findings):
    assert findings.traces.found_in(findings.log) == []


def test_rasas_events_hold_no_private_word(findings):
    assert findings.in_events() == {}


def test_rasas_events_hold_no_text_of_any_person(findings):
    """Not only what we know to be private: nothing that was typed."""
    for events in findings.events.values():
        texts = [event["text"] for event in json.loads(events) if event["event"] == "user"]
        assert texts and all(text.startswith("/") and text[1:].isidentifier() for text in texts)


def test_rasas_events_hold_only_closed_values(findings):
    """Codes, words of our own lists, tokens: nothing longer, nothing with a number in it that could be anyone's."""
    for events in findings.events.values():
        for event in (event for event in json.loads(events) if event["event"] == "user"):
            for entity in event["parse_data"]["entities"]:
                assert entity["entity"] in ("field_token", "sha256") or len(str(entity["value"])) <= 60, entity


def test_no_conversation_is_named_after_anyone(findings):
    assert len(findings.conversations) > 15
    assert findings.traces.found_in("\n".join(findings.conversations)) == []


def test_numbers_are_masked_in_what_people_see_again(findings):
    """Also the owner's own page: someone may look over a shoulder."""
    shown = "".join(findings.shown.values())
    assert len(shown) > 50_000
    for person in findings.people:
        for kind in ("id_number", "phone", "card"):
            assert getattr(person, kind) not in shown, kind


def test_nobody_sees_in_their_talk_what_others_told(rest_and_findings):
    rest, findings = rest_and_findings
    known = findings.sessions
    owners = {known.conversation(one) or known.rest_conversation(one): people for one, people in rest.told_by.items()}
    assert set(owners) <= set(findings.conversations)
    assert findings.shown_to_others(owners) == {}
