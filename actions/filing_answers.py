"""A draft's steps: an answer, a paper, a correction, the review, the letter, handing in."""

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import answering, filing_kinds, filing_particulars, filing_replies, filing_steps
from actions.case_slots import told_now
from actions.filing_steps import FilingAction, ask_what_is_next, entity, open_draft_of
from actions.replies import Button, command
from services import bootstrap
from services.filing_records import FIELDS, PAPER_STEP, SENSITIVE_FIELDS, Draft, FieldProblem, FilingProblem
from services.filing_words import ANOTHER_SHEET

TOKEN, PLAIN_VALUE, FIELD_NAME, LETTER_HASH, PAPER = "field_token", "field_value", "field", "sha256", "paper"
ANOTHER = "another_sheet"


class ActionFillField(FilingAction):
    """Take the value for the field that was asked; say what is wrong with it and ask again."""

    def name(self) -> str:
        return "action_fill_field"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        draft = open_draft_of(tracker)
        if draft is None:
            return _keep_for_later(dispatcher, tracker)
        if entity(tracker, filing_particulars.TOLD):
            return _fill_in_what_was_told(dispatcher, tracker)
        if draft.next_step.startswith(PAPER_STEP):
            dispatcher.utter_message(response="utter_how_to_upload")
            filing_steps.ask_step(dispatcher, draft)
            return []
        token, value = entity(tracker, TOKEN), entity(tracker, PLAIN_VALUE)
        if token is None and value is None:
            dispatcher.utter_message(response="utter_private_channel_only")
            return []
        if draft.next_step == "signature" and token is not None:
            return _hand_in(dispatcher, tracker, token)
        _fill(dispatcher, tracker, draft, value, token)
        return _fill_in_what_was_told(dispatcher, tracker)


def _fill_in_what_was_told(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """The particulars that waited, and those of this message; then what is asked next."""
    slots = filing_particulars.fill_in(dispatcher, tracker, filing_particulars.told_tokens(tracker))
    ask_what_is_next(dispatcher, tracker)
    return slots


def _keep_for_later(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """What is told before the first field is asked is kept for then; the rest of the message counts as well."""
    if not (entity(tracker, filing_particulars.TOLD) and filing_kinds.is_being_begun(tracker)):
        dispatcher.utter_message(response="utter_nothing_to_resume")
        return []
    dispatcher.utter_message(response="utter_particulars_kept")
    return filing_kinds.go_on(dispatcher, tracker, told_now(tracker, filing_kinds.ELIGIBILITY))


def _fill(
    dispatcher: CollectingDispatcher, tracker: Tracker, draft: Draft, value: str | None, token: str | None
) -> None:
    """Fills in the field that is asked. A button's value never goes into a private one."""
    if value is not None and draft.next_step in SENSITIVE_FIELDS:
        dispatcher.utter_message(response="utter_private_channel_only")
    elif draft.next_step in FIELDS:
        try:
            bootstrap.filings().fill(tracker.sender_id, draft.next_step, value=value, token=token)
        except FieldProblem as problem:
            filing_steps.say_field_problem(dispatcher, problem, open_draft_of(tracker))


def _hand_in(dispatcher: CollectingDispatcher, tracker: Tracker, token: str | None) -> list[EventType]:
    """Signs where a letter is signed, and hands in. What has changed since the consent is shown again."""
    try:
        receipt = bootstrap.filings().submit(tracker.sender_id, token)
    except FieldProblem as problem:
        filing_steps.say_field_problem(dispatcher, problem, open_draft_of(tracker))
        ask_what_is_next(dispatcher, tracker)
    except FilingProblem as problem:
        if problem.code in ("filing_exists", "predecessor_moved_on"):
            raise
        filing_steps.say_filing_problem(dispatcher, problem)
        ask_what_is_next(dispatcher, tracker)
    else:
        filing = bootstrap.filing_course().view(tracker.sender_id, receipt.filing_no)
        filing_replies.show_receipt(dispatcher, receipt, filing)
    return []


class ActionHandIn(FilingAction):
    """Hand in a filing that no letter is signed for."""

    def name(self) -> str:
        return "action_hand_in"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        draft = open_draft_of(tracker)
        if draft and draft.next_step == "hand_in":
            return _hand_in(dispatcher, tracker, None)
        ask_what_is_next(dispatcher, tracker)
        return []


class ActionTakePaper(FilingAction):
    """A paper has been uploaded: say so and go on; or ask for another sheet of it."""

    def name(self) -> str:
        return "action_take_paper"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        draft, step = open_draft_of(tracker), PAPER_STEP + (entity(tracker, PAPER) or "")
        sheets = filing_replies.papers_of(draft, step) if draft else []
        if draft is None or not sheets:
            ask_what_is_next(dispatcher, tracker)
            return []
        if entity(tracker, ANOTHER):
            filing_replies.ask_for_another_sheet(dispatcher, draft, step)
            return []
        title = next(row.title for row in bootstrap.filings().review(draft) if row.slot == step)
        dispatcher.utter_message(response="utter_paper_received", title=title, count=str(len(sheets)))
        another = command("paper_added", paper=step.removeprefix(PAPER_STEP), another_sheet="true")
        filing_steps.ask_step(dispatcher, draft, [{"title": ANOTHER_SHEET, "payload": another}])
        return []


class ActionSkipPaper(FilingAction):
    """Go on without a paper that need not be handed in."""

    def name(self) -> str:
        return "action_skip_paper"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        draft = open_draft_of(tracker)
        if draft and draft.next_step.startswith(PAPER_STEP):
            try:
                bootstrap.filings().skip_paper(tracker.sender_id, draft.next_step)
            except FilingProblem as problem:
                filing_steps.say_filing_problem(dispatcher, problem)
        ask_what_is_next(dispatcher, tracker)
        return []


class ActionEditField(FilingAction):
    """Correct one answer or paper: which one, then its question again."""

    def name(self) -> str:
        return "action_edit_field"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        draft = open_draft_of(tracker)
        if draft is None:
            return _correct_case(dispatcher, tracker)
        step = entity(tracker, FIELD_NAME) or entity(tracker, "filing_field")
        if step not in draft.plan.steps:
            dispatcher.utter_message(response="utter_which_field", buttons=_step_buttons(draft))
            return []
        filing_steps.ask_step(dispatcher, bootstrap.filings().clear_step(tracker.sender_id, step))
        return []


def _correct_case(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """With no filing to correct, a correction is of what was told: 说错了，我医保是高邮的."""
    said = told_now(tracker, tracker.get_slot("topic"))
    if said.facts or said.ambiguous:
        return answering.take_information(dispatcher, tracker, said)
    dispatcher.utter_message(response="utter_nothing_to_resume")
    return []


def _step_buttons(draft: Draft) -> list[Button]:
    rows = bootstrap.filings().review(draft)
    return [
        {"title": row.title, "payload": command("edit_field", field=row.slot)}
        for row in rows if row.slot in draft.plan.steps
    ]


class ActionConfirmReview(FilingAction):
    """What was filled in is right: show the commitment letter, or ask to hand it in."""

    def name(self) -> str:
        return "action_confirm_review"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        draft = open_draft_of(tracker)
        if draft and draft.next_step == "review":
            bootstrap.filings().confirm_review(tracker.sender_id)
        ask_what_is_next(dispatcher, tracker)
        return []


class ActionConsent(FilingAction):
    """The person agrees to the letter they saw: ask for the signature."""

    def name(self) -> str:
        return "action_consent"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        draft = open_draft_of(tracker)
        if draft and draft.next_step == "commitment":
            try:
                sha256 = entity(tracker, LETTER_HASH) or bootstrap.filings().letter(draft).sha256
                bootstrap.filings().consent(tracker.sender_id, sha256)
            except FilingProblem as problem:
                filing_steps.say_filing_problem(dispatcher, problem)
        ask_what_is_next(dispatcher, tracker)
        return []


class ActionRefuseConsent(FilingAction):
    """No consent: nothing is handed in; say what can be done instead."""

    def name(self) -> str:
        return "action_refuse_consent"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        dispatcher.utter_message(response="utter_consent_refused")
        return []
