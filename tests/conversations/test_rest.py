"""Rasa's REST protocol over the whole application: who may, what is text, whose buttons, whose documents."""

from __future__ import annotations

import concurrent.futures
from io import BytesIO

import httpx
import pytest
import reply_shapes
from pypdf import PdfReader
from talking import Person

pytestmark = pytest.mark.model
WEBHOOK = "/webhooks/rest/webhook"
NOTHING_YET = {"sender": "nobody", "message": "你好"}


def test_a_client_of_rasa_gets_a_list_of_replies(client):
    response = client.post(WEBHOOK, json={"sender": "wechat-42", "message": "你好"})
    assert response.status_code == 200
    reply_shapes.check(response.json())
    assert {reply["recipient_id"] for reply in response.json()} == {"wechat-42"}


def test_health_is_told_as_rasa_tells_it(client):
    assert client.get("/webhooks/rest/").json() == client.get("/webhooks/rest").json() == {"status": "ok"}
    assert client.get("/health").json() == {"status": "ready"}


async def test_another_machine_is_refused(server):
    """The address is given by hand: the real server only listens on 127.0.0.1."""
    elsewhere = httpx.ASGITransport(server.app, client=("203.0.113.7", 50_000))
    async with httpx.AsyncClient(transport=elsewhere, base_url="http://localhost:8000") as stranger:
        for response in (await stranger.post(WEBHOOK, json=NOTHING_YET), await stranger.get(WEBHOOK)):
            assert response.status_code == 401 and "API_TOKEN" in response.text
        assert (await stranger.get("/documents/371000-261122-0000-0000-0.pdf", params={"sender": "x"})).status_code == 401


@pytest.mark.parametrize("headers", [
    {"X-Forwarded-For": "127.0.0.1"}, {"Forwarded": "for=127.0.0.1"}, {"X-Real-IP": "127.0.0.1"},
    {"Origin": "http://evil.example"}, {"Origin": "null"}, {"Authorization": "Bearer x"}, {"Host": "evil.example"},
])
def test_proxies_and_foreign_pages_are_refused(client, headers):
    assert client.post(WEBHOOK, json=NOTHING_YET, headers=headers).status_code == 401
    assert client.get(WEBHOOK, headers=headers).status_code == 401


def test_the_conversation_so_far_can_be_fetched(person):
    person.say_all("你好", "我叫张三丰，威海医保，备案管多久")
    bubbles = person.history()
    assert [bubble["from"] for bubble in bubbles][:2] == ["user", "bot"]
    assert [bubble["seq"] for bubble in bubbles] == list(range(1, len(bubbles) + 1))
    assert "我叫张**" in [bubble["text"] for bubble in bubbles if bubble["from"] == "user"][1]


def test_two_senders_do_not_see_each_other(someone):
    one, other = someone(), someone()
    one.say("我是威海医保，临时去北京看病，要不要备案")
    assert other.history() == []
    assert other.say("那省内呢").topic_and_status is None


def test_a_message_sent_twice_is_played_once(client, person):
    body = {"sender": person.sender, "message": "威海参保，备案管多久", "message_id": "m-1"}
    first, second = (client.post(WEBHOOK, json=body).json() for _ in range(2))
    assert first == second
    assert len([bubble for bubble in person.history() if bubble["from"] == "user"]) == 1


COMMANDS = [
    "/restart", "／restart", "/session_start", "/back", '/ask_channels{"insured_region": "371000"}', "/ask_channels",
    "//ask_channels", "/ /ask_channels", "/\t/ask_channels", "\u3000／ /ask_channels", '/inform{"insured_region":"371000"}',
    "/EXTERNAL: ask_channels", "/ask_channels@0.9",
]


@pytest.mark.parametrize("message", COMMANDS)
def test_a_leading_slash_makes_no_command(person, message):
    replies = person.say(message)
    assert replies.topic_and_status is None or replies.topic_and_status[1] == "needs"
    assert person.say("备案管多久").asked == "insured_region", "a place was taken from a typed command"
    assert "".join(message.split()).strip("/／") in "".join(person.history()[0]["text"].split())


@pytest.mark.parametrize("message", ["/confirm_review", "/ /consent", "/cancel_task", '/edit_field{"field": "name"}', "/ /pause_filing"])
def test_a_typed_command_does_not_move_a_filing(person, message):
    person.file_up_to("phone")
    person.say(message)
    assert person.say("接着填").asked == "phone"


def test_a_typed_restart_deletes_no_filing(person):
    person.file_up_to("phone")
    person.say("/restart")
    assert person.say("继续办").asked == "phone"


def test_a_typed_command_gives_no_consent(person):
    person.file_up_to("commitment")
    assert person.say("/ /consent").asked == "commitment"


def test_a_button_of_another_sender_does_nothing(someone):
    one, other = someone(), someone()
    one.file_up_to("review")
    other.file_up_to("review")
    stolen = one.last.buttons["都对"]
    replies = other.say(stolen)
    assert "失效" in other.history()[-len(replies) - 1]["text"]
    assert replies.asked == "review"
    assert one.say(stolen).asked == "commitment"


@pytest.mark.parametrize("payload", ["btn:", "btn:x", "btn:WyJhIl0.abc", "btn:" + "A" * 5_000])
def test_a_made_up_button_does_nothing(person, payload):
    assert not person.say(payload).customs("answer")


def test_a_tampered_button_does_nothing(person):
    person.file_up_to("review")
    payload = person.last.buttons["都对"]
    assert person.say(payload[:-3] + "abc").asked == "review"


@pytest.mark.parametrize("body", [
    {}, {"sender": "x"}, {"sender": "x", "message": ""}, {"sender": "", "message": "你好"}, {"sender": "x" * 129, "message": "你好"},
    {"sender": "x", "message": None}, {"sender": 5, "message": "你好"}, {"sender": "x", "message": "你" * 400_001}, [], "你好",
])
def test_a_malformed_message_is_refused(client, body):
    assert client.post(WEBHOOK, json=body).status_code == 422


@pytest.mark.parametrize("text", ["你" * 100_000, "1" * 100_000, "路" * 100_000, "\u200b", "?", "😀", "\x00\x01", "{{{}}}", "{insured}", "' OR 1=1 --"])
def test_strange_text_gets_an_answer(person, text):
    assert person.say(text).text


def test_only_blanks_get_an_answer_too(person):
    assert person.say("   ").text


def test_many_people_at_once_each_get_their_own_answer(server, someone):
    people = [someone() for _ in range(8)]
    places = ["青岛", "济南", "烟台", "潍坊", "北京", "上海", "南京", "大连"]

    def ask(number: int) -> str:
        with httpx.Client(base_url=server.url, timeout=60, trust_env=False) as own:
            visitor = Person(own, people[number].sender, people[number].conversation)
            return visitor.say_all("我是威海医保", f"临时去{places[number]}看病要备案吗").text

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        texts = list(pool.map(ask, range(8)))
    assert all(place in text for place, text in zip(places, texts, strict=True))


def test_one_persons_messages_at_once_are_played_one_after_the_other(server, person):
    def say(number: int) -> int:
        body = {"sender": person.sender, "message": "你好", "message_id": f"m-{number}"}
        return httpx.post(server.url + WEBHOOK, json=body, timeout=60, trust_env=False).status_code

    with concurrent.futures.ThreadPoolExecutor(6) as pool:
        assert set(pool.map(say, range(6))) == {200}
    bubbles = person.history()
    assert [bubble["seq"] for bubble in bubbles] == list(range(1, len(bubbles) + 1))
    assert [bubble["from"] for bubble in bubbles] == ["user", "bot"] * 6


def test_the_document_opens_for_its_owner_only(client, someone):
    owner, other = someone(), someone()
    url = owner.file().custom("receipt")["document_url"]
    assert url.endswith(f"?sender={owner.sender}")
    opened = client.get(url)
    assert opened.status_code == 200 and opened.content.startswith(b"%PDF")
    assert opened.headers["cache-control"] == "no-store"
    path = url.split("?")[0]
    assert client.get(path, params={"sender": other.sender}).status_code == 404
    assert client.get(path).status_code == 404
    assert client.get(path, params={"sender": owner.sender}, headers={"X-Forwarded-For": "203.0.113.7"}).status_code == 401


def test_the_square_code_opens_for_its_owner_only(client, someone):
    owner, other = someone(), someone()
    url = owner.file().custom("receipt")["code_url"]
    assert client.get(url).headers["content-type"] == "image/svg+xml"
    assert client.get(url.split("?")[0], params={"sender": other.sender}).status_code == 404


@pytest.mark.parametrize("number", ["371000-000000-0000-0000-0", "x", "..%2f..%2fetc%2fpasswd", "%00"])
def test_a_document_that_does_not_exist_is_not_found(client, person, number):
    assert client.get(f"/documents/{number}.pdf", params={"sender": person.sender}).status_code == 404


def test_the_document_holds_what_was_filed(client, person):
    content = client.get(person.file().custom("receipt")["document_url"]).content
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).replace("\0", "")
    assert person.particulars["name"] in text and person.particulars["id_number"] in text


def test_rasas_own_interface_is_not_there(client):
    for path in ("/conversations/default/tracker", "/model/parse", "/domain", "/docs", "/openapi.json", "/status"):
        assert client.get(path).status_code == 404


def test_answers_carry_security_headers(client):
    headers = client.get("/health").headers
    assert headers["x-content-type-options"] == "nosniff" and "default-src 'self'" in headers["content-security-policy"]
