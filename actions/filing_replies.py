"""The shapes of what is sent about a filing: questions, the review, the letter, receipts, how a filing stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions.replies import Button, command
from services import bootstrap
from services.filing_forms import choices, paper_of
from services.filing_prospects import Prospect
from services.filing_records import (
    PAPER_STEP,
    SENSITIVE_FIELDS,
    CommitmentLetter,
    Draft,
    FilingView,
    PaperView,
    Receipt,
    ReviewField,
)
from services.filing_words import ACTION_TITLES, event_in_words, insured_person, sources, status_in_words
from services.paper_files import LARGEST_PAPER, MEDIA_TYPES

HANDED_IN = frozenset({"submitted", "end_requested"})
FIELD_INPUTS: Mapping[str, str] = {
    "filed_for": "choice", "name": "text", "id_number": "id_number", "phone": "phone", "agent_name": "text",
    "agent_id_number": "id_number", "agent_relation": "choice", "treatment_region": "region", "reason": "choice",
    "starts_on": "date", "address": "text", "hospital": "text", "admitted_on": "date", "care_stage": "choice",
    "discharged_on": "date", "signature": "signature",
}
SENSITIVE_INPUTS = SENSITIVE_FIELDS | {"signature"}
ACTION_INTENTS: Mapping[str, str] = {action: f"{action}_filing" for action in ACTION_TITLES}
# Whom a field is about, by whom the filing is for: a browser may offer what it knows of its own person.
OWN_FIELDS: Mapping[str, frozenset[str]] = {
    "self": frozenset({"name", "phone", "address"}), "family": frozenset({"agent_name"}),
}
PAST_DAYS = frozenset({"admitted_on", "discharged_on"})


def ask_for_field(dispatcher: CollectingDispatcher, draft: Draft, buttons: Sequence[Button] = ()) -> None:
    """Asks for the field that the draft wants next; the page draws the input that fits."""
    field = draft.next_step
    kind = {
        "kind": "ask", "slot": field, "input": FIELD_INPUTS[field], "sensitive": field in SENSITIVE_INPUTS,
        "own": field in OWN_FIELDS.get(draft.fields.get("filed_for", ""), ()), **_days_that_fit(draft),
        **_progress(draft),
    }
    values = choices(field, bootstrap.filings().kind_of(draft)) if field in draft.plan.steps else ()
    options = [{"title": title, "payload": command("answer_field", field_value=value)} for value, title in values]
    response, words = f"utter_ask_field_{field}", {}
    if field == "signature" and draft.fields.get("filed_for") == "family":
        response = "utter_ask_signature_of_agent"
        words["name"] = next(row.value for row in bootstrap.filings().review(draft) if row.slot == "agent_name")
    dispatcher.utter_message(response=response, json_message=kind, buttons=[*options, *buttons], **words)


def _progress(draft: Draft) -> dict[str, int]:
    """How far the filing is."""
    step, steps = draft.progress
    return {"step": step, "steps": steps}


def _days_that_fit(draft: Draft) -> dict[str, str]:
    """The first and the last day that may be picked."""
    today = bootstrap.today().isoformat()
    if draft.next_step == "starts_on":
        return {"min": today}
    if draft.next_step not in PAST_DAYS:
        return {}
    admitted = draft.fields.get("admitted_on") if draft.next_step == "discharged_on" else None
    return {"min": admitted, "max": today} if admitted else {"max": today}


def ask_for_paper(dispatcher: CollectingDispatcher, draft: Draft, step: str, buttons: Sequence[Button] = ()) -> None:
    """Asks for a paper to be uploaded; what need not be handed in can be skipped."""
    paper = _paper(draft, step)
    response = "utter_ask_paper_if_any" if step in draft.plan.optional else "utter_ask_paper"
    dispatcher.utter_message(
        response=response, json_message=_paper_ask(draft, step), buttons=list(buttons), title=paper.title,
        examples=paper.examples, source=sources([paper.citation]),
    )


def ask_for_another_sheet(dispatcher: CollectingDispatcher, draft: Draft, step: str) -> None:
    """Asks for more of a paper that has been uploaded: its other side, further pages."""
    count = str(len(papers_of(draft, step)))
    dispatcher.utter_message(
        response="utter_ask_another_sheet", json_message=_paper_ask(draft, step), title=_paper(draft, step).title,
        count=count,
    )


def _paper(draft: Draft, step: str) -> Any:
    paper = paper_of(step, bootstrap.filings().kind_of(draft))
    if paper is None:
        raise LookupError(f"the draft asks for {step}, which its kind does not know")
    return paper


def _paper_ask(draft: Draft, step: str) -> dict[str, Any]:
    paper = _paper(draft, step)
    uploaded = [
        {"paper_id": one.paper_id, "media_type": one.media_type, "bytes": one.size} for one in papers_of(draft, step)
    ]
    return {
        "kind": "ask", "slot": step, "input": "paper", "sensitive": True, "paper": paper.id, "title": paper.title,
        "required": step not in draft.plan.optional, "accept": list(MEDIA_TYPES), "max_bytes": LARGEST_PAPER,
        "uploaded": uploaded, **_progress(draft),
    }


def papers_of(draft: Draft, step: str) -> list[PaperView]:
    """What has been uploaded for a step."""
    return [one for one in draft.papers if PAPER_STEP + one.paper == step]


def ask_to_hand_in(dispatcher: CollectingDispatcher, draft: Draft) -> None:
    """The last step of a filing without a letter: the button that hands it in."""
    kind = {"kind": "ask", "slot": "hand_in", "input": "choice", "sensitive": False, **_progress(draft)}
    response = "utter_ask_hand_in_end" if draft.purpose == "end" else "utter_ask_hand_in"
    dispatcher.utter_message(response=response, json_message=kind)


def show_review(
    dispatcher: CollectingDispatcher, draft: Draft, fields: Sequence[ReviewField], buttons: Sequence[Button] = ()
) -> None:
    """All that was filled in, masked, each line that can be changed with its way to do it."""
    rows = _rows(draft, fields)
    lines = "\n".join(f"{row['title']}：{row['value']}" for row in rows)
    custom = {"kind": "review", "fields": rows, **_progress(draft)}
    dispatcher.utter_message(
        response="utter_filing_review", lines=lines, json_message=custom, buttons=list(buttons)
    )


def _rows(draft: Draft, fields: Iterable[ReviewField]) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = []
    for field in fields:
        row = {"slot": field.slot, "title": field.title, "value": field.value}
        if field.slot in draft.plan.steps:
            row["edit_payload"] = command("edit_field", field=field.slot)
        rows.append(row)
    return rows


def show_letter(dispatcher: CollectingDispatcher, draft: Draft, letter: CommitmentLetter) -> None:
    """The commitment letter in full, with consent and refusal; what is masked in it with the way to change it."""
    masked = [field for field in bootstrap.filings().review(draft) if field.slot in SENSITIVE_FIELDS]
    custom = {
        "kind": "commitment_letter", "version": letter.version, "text": letter.text, "sha256": letter.sha256,
        "fields": _rows(draft, masked), **_progress(draft),
    }
    dispatcher.utter_message(
        response="utter_filing_letter", letter=letter.text, sha256=letter.sha256, json_message=custom
    )


def show_receipt(dispatcher: CollectingDispatcher, receipt: Receipt, filing: FilingView) -> None:
    """The filing number, what was handed in and when, how it stands, the document, and what to see to next."""
    status_text = status_in_words(receipt.status, bootstrap.filing_policy().kind_of(filing))
    [(_, place)] = bootstrap.answers().place_names([filing.treatment_region])
    handed_in = next(e for e in reversed(filing.timeline) if e.event in HANDED_IN)
    custom = {
        "kind": "receipt", "filing_no": receipt.filing_no, "status": receipt.status, "status_text": status_text,
        "kind_title": filing.kind_title, "treatment_region": place, "starts_on": filing.starts_on.isoformat(),
        "handed_in_at": handed_in.at.isoformat(),
        "document_url": document_url(receipt.filing_no), "notes": list(receipt.notes),
        "code_url": f"/documents/{receipt.filing_no}/code.svg", "code_says": bootstrap.checked_at(filing),
    }
    response = {"confirmed": "utter_filing_receipt_in_effect", "ending": "utter_end_receipt"}.get(
        receipt.status, "utter_filing_receipt"
    )
    dispatcher.utter_message(
        response=response, filing_no=receipt.filing_no, notes=further_lines(receipt.notes), json_message=custom
    )


def show_filing(
    dispatcher: CollectingDispatcher, filing: FilingView, prospect: Prospect, *, is_earlier: bool = False
) -> None:
    """One filing: how it stands, how long it holds, what happened to it, what can be done with it now."""
    [(_, place)] = bootstrap.answers().place_names([filing.treatment_region])
    actions = action_buttons(filing, prospect)
    told = (prospect.return_reason, prospect.valid_to_text, prospect.may_change_text)
    custom = {**_filing_custom(filing, prospect, place, actions), **({"is_earlier": True} if is_earlier else {})}
    dispatcher.utter_message(
        response="utter_filing_state", json_message=custom,
        buttons=actions, filing_no=filing.filing_no, kind_title=filing.kind_title, status_title=prospect.status_text,
        place=place, starts_on=filing.starts_on_in_words, lines=further_lines(told),
    )


def _filing_custom(
    filing: FilingView, prospect: Prospect, place: str, actions: Sequence[Button]
) -> dict[str, Any]:
    valid_to = filing.valid_to.isoformat() if filing.valid_to else None
    may_change_from = prospect.may_change_from.isoformat() if prospect.may_change_from else None
    told = {
        "valid_to": valid_to, "may_change_from": may_change_from, "predecessor": filing.predecessor,
        "return_reason": prospect.return_reason, "valid_to_text": prospect.valid_to_text,
        "may_change_text": prospect.may_change_text, "insured_person": insured_person(filing),
    }
    kind = bootstrap.filing_policy().kind_of(filing)
    return {
        "kind": "filing", "filing_no": filing.filing_no, "status": filing.status, "status_text": prospect.status_text,
        "kind_title": filing.kind_title, "treatment_region": place, "starts_on": filing.starts_on.isoformat(),
        **{name: value for name, value in told.items() if value},
        "document_url": document_url(filing.filing_no),
        "timeline": [
            {"event": e.event, "title": event_in_words(e, kind), "at": e.at.isoformat()} for e in filing.timeline
        ],
        "actions": list(actions),
    }


def action_buttons(filing: FilingView, prospect: Prospect, only: Sequence[str] | None = None) -> list[Button]:
    """The buttons for what can be done with a filing now."""
    return [
        {"title": ACTION_TITLES[action], "payload": command(ACTION_INTENTS[action], filing_no=filing.filing_no)}
        for action in prospect.actions if only is None or action in only
    ]


def further_lines(lines: Iterable[str | None]) -> str:
    """The lines there are, each on a line of its own below what stands before."""
    return "".join(f"\n{line}" for line in lines if line)


def ask_for_look_up(dispatcher: CollectingDispatcher, response: str, **words: str) -> None:
    """Asks for what a filing is found by; the page draws three inputs."""
    kind = {"kind": "ask", "slot": "lookup", "input": "lookup", "sensitive": True}
    dispatcher.utter_message(response=response, json_message=kind, **words)


def document_url(filing_no: str) -> str:
    """Where the page finds the filing's document."""
    return f"/documents/{filing_no}.pdf"
