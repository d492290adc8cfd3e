"""The shapes of what is sent: texts from services and responses, `custom` objects for a page to draw."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from services import bootstrap
from services.answers import Answer, Answers
from services.filing_records import CommitmentLetter, FilingView, Receipt, ReviewField

Button = dict[str, str]

FIELD_INPUTS: Mapping[str, str] = {
    "name": "text", "id_number": "id_number", "phone": "phone", "treatment_region": "region",
    "reason": "choice", "starts_on": "date", "address": "text", "signature": "signature",
}
SENSITIVE_INPUTS = frozenset({"name", "id_number", "phone", "address", "signature"})


def command(intent: str, **entities: str) -> str:
    """A button's payload: an intent and closed values, which only our own server turns into a command."""
    inside = ", ".join(f'"{name}": "{value}"' for name, value in entities.items())
    return f"/{intent}{{{inside}}}" if inside else f"/{intent}"


def say_answer(dispatcher: CollectingDispatcher, answer: Answer, answers: Answers, *, offers_next: bool) -> None:
    """The conclusion in one bubble; what stands behind it, and the next questions, in another."""
    custom = {
        "kind": "answer", "topic": answer.topic, "region": answer.region, "region_name": answer.region_name,
        "status": answer.outcome.value, "warnings": list(answer.warnings),
        "citations": [
            {"document": c.document, "clause": c.article, "date": c.issued_on.isoformat(), "issued": c.issued_in_full}
            for c in answer.citations
        ],
    }
    if answer.conclusion:
        dispatcher.utter_message(text=answer.conclusion, json_message=custom)
    if answer.basis and answer.conclusion:
        topics = answer.next_topics if offers_next else ()
        buttons = [{"title": answers.topic_title(topic), "payload": command(f"ask_{topic}")} for topic in topics]
        dispatcher.utter_message(text="\n".join(answer.basis), buttons=buttons)


def say_in_a_line(dispatcher: CollectingDispatcher, answer: Answer, answers: Answers) -> None:
    """The conclusion on a topic that may have been meant instead, with its source."""
    if not answer.conclusion or not answer.citations:
        return
    title = answers.topic_title(answer.topic)
    dispatcher.utter_message(
        response="utter_perhaps_meant", title=title, conclusion=answer.conclusion, sources=answer.sources,
        buttons=[{"title": title, "payload": command(f"ask_{answer.topic}")}],
    )


def say_side_by_side(
    dispatcher: CollectingDispatcher, given: Sequence[Answer], places: Sequence[str], answers: Answers
) -> None:
    """Several cases' conclusions, each under its place and with its source."""
    names = [answers.place_name(code) for code in places]
    lines = [answers.topic_title(given[0].topic)]
    for name, answer in zip(names, given, strict=True):
        source = f"（{answer.sources}）" if answer.sources else ""
        lines.append(f"{name}：{answer.conclusion or answers.no_conclusion()}{source}")
    warnings = dict.fromkeys(line for answer in given for line in answer.warnings)
    custom = {
        "kind": "side_by_side", "topic": given[0].topic,
        "sides": [
            {"place": name, "status": answer.outcome.value, "text": answer.conclusion}
            for name, answer in zip(names, given, strict=True)
        ],
    }
    dispatcher.utter_message(text="\n".join(lines), json_message=custom)
    if warnings:
        dispatcher.utter_message(text="\n".join(warnings))


def covered_places() -> str:
    """The places there are packs for, as one phrase."""
    return "、".join(name for _, name in bootstrap.answers().covered_region_names())


def ask_for_fact(dispatcher: CollectingDispatcher, slot: str, regions: Iterable[tuple[str, str]], **words: str) -> None:
    """Asks for one fact of the case, with quick replies."""
    buttons: list[Button] | None = None
    if slot == "insured_region":
        buttons = [{"title": name, "payload": command("inform", insured_region=code)} for code, name in regions]
        buttons.append({"title": words["elsewhere"], "payload": command("inform", insured_elsewhere="true")})
    kind = {"kind": "ask", "slot": slot, "input": "choice", "sensitive": False}
    dispatcher.utter_message(response=f"utter_ask_{slot}", buttons=buttons, json_message=kind, **words)


def ask_for_field(dispatcher: CollectingDispatcher, field: str, today: str) -> None:
    """Asks for one field of a filing; the page draws the input that fits."""
    kind = {
        "kind": "ask", "slot": field, "input": FIELD_INPUTS[field], "sensitive": field in SENSITIVE_INPUTS,
    }
    if field == "starts_on":
        kind["min"] = today
    dispatcher.utter_message(response=f"utter_ask_field_{field}", json_message=kind)


def show_review(dispatcher: CollectingDispatcher, fields: Iterable[ReviewField]) -> None:
    """All that was filled in, masked, each line with its way to change it."""
    rows = [
        {"slot": f.slot, "title": f.title, "value": f.value, "edit_payload": command("edit_field", field=f.slot)}
        for f in fields
    ]
    lines = "\n".join(f"{row['title']}：{row['value']}" for row in rows)
    dispatcher.utter_message(
        response="utter_filing_review", lines=lines, json_message={"kind": "review", "fields": rows}
    )


def show_letter(dispatcher: CollectingDispatcher, letter: CommitmentLetter) -> None:
    """The commitment letter in full, with consent and refusal."""
    custom = {
        "kind": "commitment_letter", "version": letter.version, "text": letter.text, "sha256": letter.sha256,
    }
    dispatcher.utter_message(
        response="utter_filing_letter", letter=letter.text, sha256=letter.sha256, json_message=custom
    )


def show_receipt(dispatcher: CollectingDispatcher, receipt: Receipt) -> None:
    """The filing number and the document."""
    custom = {
        "kind": "receipt", "filing_no": receipt.filing_no, "status": receipt.status,
        "document_url": document_url(receipt.filing_no),
    }
    dispatcher.utter_message(response="utter_filing_receipt", filing_no=receipt.filing_no, json_message=custom)


def show_filing(dispatcher: CollectingDispatcher, filing: FilingView, place: str) -> None:
    """One filing's state and what happened to it."""
    timeline = [
        {"event": entry.event, "title": entry.title, "at": entry.at.isoformat()} for entry in filing.timeline
    ]
    custom: dict[str, Any] = {
        "kind": "filing", "filing_no": filing.filing_no, "status": filing.status,
        "status_text": filing.status_title, "treatment_region": place, "starts_on": filing.starts_on.isoformat(),
        "document_url": document_url(filing.filing_no), "timeline": timeline,
    }
    dispatcher.utter_message(
        response="utter_filing_state", json_message=custom, filing_no=filing.filing_no,
        status_title=filing.status_title, place=place, starts_on=filing.starts_on_in_words,
    )


def document_url(filing_no: str) -> str:
    """Where the page finds the filing's document."""
    return f"/documents/{filing_no}.pdf"
