"""Filing by commitment in conversation: start, fill in, correct, sign, leave, look up."""

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import answering, filing_steps, replies
from actions.case_slots import told_now
from services import bootstrap
from services.filing_records import FIELDS, SENSITIVE_FIELDS, Draft, FieldProblem, FilingProblem

TOKEN, PLAIN_VALUE, FIELD_NAME, LETTER_HASH = "field_token", "field_value", "field", "sha256"


def entity(tracker: Tracker, name: str) -> str | None:
    """The value of the last message's entity of that name."""
    return next((str(value) for value in tracker.get_latest_entity_values(name)), None)


class ActionStartFiling(Action):
    """Begin a filing, or take up the one that is there."""

    def name(self) -> str:
        return "action_start_filing"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        filings = bootstrap.filings()
        if filings.find_draft(tracker.sender_id):
            dispatcher.utter_message(response="utter_filing_resumed")
            filing_steps.ask_step(dispatcher, filings.resume(tracker.sender_id))
            return []
        in_force = filings.find_in_force(tracker.sender_id)
        if in_force:
            dispatcher.utter_message(response="utter_filing_exists", filing_no=in_force.filing_no)
            return []
        return filing_steps.go_on_with_eligibility(dispatcher, tracker, told_now(tracker, filing_steps.ELIGIBILITY))


class ActionResumeFiling(Action):
    """Go on where the filing was left."""

    def name(self) -> str:
        return "action_resume_filing"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        filings = bootstrap.filings()
        if filings.find_draft(tracker.sender_id) is None:
            dispatcher.utter_message(response="utter_nothing_to_resume")
            return []
        dispatcher.utter_message(response="utter_filing_resumed")
        filing_steps.ask_step(dispatcher, filings.resume(tracker.sender_id))
        return [SlotSet("task", None)]


class ActionFillField(Action):
    """Take the value for the field that was asked; say what is wrong with it and ask again."""

    def name(self) -> str:
        return "action_fill_field"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        filings, conversation = bootstrap.filings(), tracker.sender_id
        draft = filing_steps.open_draft_of(tracker)
        if draft is None:
            dispatcher.utter_message(response="utter_nothing_to_resume")
            return []
        token, value = entity(tracker, TOKEN), entity(tracker, PLAIN_VALUE)
        if token is None and value is None:
            dispatcher.utter_message(response="utter_private_channel_only")
            return []
        try:
            if draft.next_step == "signature":
                return _submit(dispatcher, tracker, token)
            if value is not None and draft.next_step in SENSITIVE_FIELDS:
                dispatcher.utter_message(response="utter_private_channel_only")
            elif draft.next_step in FIELDS:
                draft = filings.fill(conversation, draft.next_step, value=value, token=token)
        except FieldProblem as problem:
            draft = filing_steps.open_draft_of(tracker)
            filing_steps.say_problem(dispatcher, problem, draft)
        if draft:
            filing_steps.ask_step(dispatcher, draft)
        return []


def _submit(dispatcher: CollectingDispatcher, tracker: Tracker, token: str | None) -> list[EventType]:
    """Signs and hands in. What has changed since the consent is shown again."""
    try:
        receipt = bootstrap.filings().submit(tracker.sender_id, token or "")
    except FieldProblem:
        raise
    except FilingProblem as problem:
        dispatcher.utter_message(response=f"utter_problem_{problem.code}")
        _ask_what_is_next(dispatcher, tracker)
        return []
    replies.show_receipt(dispatcher, receipt)
    return []


def _ask_what_is_next(dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    draft = filing_steps.open_draft_of(tracker)
    if draft:
        filing_steps.ask_step(dispatcher, draft)


class ActionEditField(Action):
    """Correct one field: which one, then its question again."""

    def name(self) -> str:
        return "action_edit_field"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        draft = filing_steps.open_draft_of(tracker)
        if draft is None:
            return _correct_case(dispatcher, tracker)
        field = entity(tracker, FIELD_NAME) or entity(tracker, "filing_field")
        if field not in FIELDS:
            dispatcher.utter_message(response="utter_which_field", buttons=_field_buttons(draft))
            return []
        filing_steps.ask_step(dispatcher, bootstrap.filings().clear_field(tracker.sender_id, field))
        return []


def _correct_case(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """With no filing to correct, a correction is of what was told: 说错了，我医保是高邮的."""
    said = told_now(tracker, tracker.get_slot("topic"))
    if said.facts or said.ambiguous:
        return answering.take_information(dispatcher, tracker, said)
    dispatcher.utter_message(response="utter_nothing_to_resume")
    return []


def _field_buttons(draft: Draft) -> list[replies.Button]:
    rows = bootstrap.filings().review(draft)
    return [{"title": row.title, "payload": replies.command("edit_field", field=row.slot)} for row in rows]


class ActionConfirmReview(Action):
    """What was filled in is right: show the commitment letter."""

    def name(self) -> str:
        return "action_confirm_review"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        draft = filing_steps.open_draft_of(tracker)
        if draft and draft.next_step == "review":
            draft = bootstrap.filings().confirm_review(tracker.sender_id)
        if draft:
            filing_steps.ask_step(dispatcher, draft)
        else:
            dispatcher.utter_message(response="utter_nothing_to_resume")
        return []


class ActionConsent(Action):
    """The person agrees to the letter they saw: ask for the signature."""

    def name(self) -> str:
        return "action_consent"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        draft = filing_steps.open_draft_of(tracker)
        if draft and draft.next_step == "commitment":
            try:
                sha256 = entity(tracker, LETTER_HASH) or bootstrap.filings().letter(draft).sha256
                bootstrap.filings().consent(tracker.sender_id, sha256)
            except FilingProblem as problem:
                dispatcher.utter_message(response=f"utter_problem_{problem.code}")
        if draft:
            _ask_what_is_next(dispatcher, tracker)
        else:
            dispatcher.utter_message(response="utter_nothing_to_resume")
        return []


class ActionRefuseConsent(Action):
    """No consent: nothing is handed in; say what can be done instead."""

    def name(self) -> str:
        return "action_refuse_consent"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        dispatcher.utter_message(response="utter_consent_refused")
        return []


class ActionPauseFiling(Action):
    """Leave the filing as it is, to go on later."""

    def name(self) -> str:
        return "action_pause_filing"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        if filing_steps.open_draft_of(tracker):
            bootstrap.filings().pause(tracker.sender_id)
            dispatcher.utter_message(response="utter_filing_paused")
        else:
            dispatcher.utter_message(response="utter_nothing_in_progress")
        return [SlotSet("task", None), SlotSet("asked_fact", None)]


class ActionCancelTask(Action):
    """Leave what is in progress; what was filled in is deleted only after a second yes."""

    def name(self) -> str:
        return "action_cancel_task"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        filings, draft = bootstrap.filings(), bootstrap.filings().find_draft(tracker.sender_id)
        if draft is None:
            in_progress = tracker.get_slot("task") or tracker.get_slot("asked_fact")
            dispatcher.utter_message(response="utter_cancelled" if in_progress else "utter_nothing_in_progress")
            return [SlotSet("task", None), SlotSet("asked_fact", None)]
        if not _has_just_cancelled(tracker):
            dispatcher.utter_message(response="utter_confirm_cancel")
            return []
        filings.drop(tracker.sender_id)
        dispatcher.utter_message(response="utter_filing_dropped")
        return [SlotSet("task", None), SlotSet("asked_fact", None)]


def _has_just_cancelled(tracker: Tracker) -> bool:
    """Whether the message before this one was «cancel» too: anything said in between takes it back."""
    intents = [event["parse_data"]["intent"]["name"] for event in tracker.events if event["event"] == "user"]
    return intents[-2:-1] == ["cancel_task"]


class ActionShowFilings(Action):
    """The filings handed in from this conversation, and an unfinished one."""

    def name(self) -> str:
        return "action_show_filings"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        filings, answers = bootstrap.filings(), bootstrap.answers()
        found = filings.filings_of(tracker.sender_id)
        for filing in found:
            [(_, place)] = answers.place_names([filing.treatment_region])
            replies.show_filing(dispatcher, filing, place)
        draft = filings.find_draft(tracker.sender_id)
        if draft:
            dispatcher.utter_message(response="utter_filing_unfinished")
        elif not found:
            dispatcher.utter_message(response="utter_no_filings")
        return []
