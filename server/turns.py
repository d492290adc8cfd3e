"""What a person's message becomes before the dialogue sees it: an intent with closed values, never their text.

While a filing is being filled in, a message is taken for the answer to the field that was asked,
unless it is a command or a question; the answer itself travels as an opaque token.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from server.commands import (
    AFTER_A_CARD,
    ASKING_FOR_YES,
    BEGINNING_A_FILING,
    GIVES_UP,
    GOES_ON,
    OUTSIDE_A_FILING,
    command_in,
    life_action_in,
    yes_or_no,
)
from server.filing_turns import goes_before, told, turn_in_filing
from server.meaning import FALLBACK, INFORM, START_FILING
from server.topics_heard import QUESTION, asks_policy
from server.turn import SoFar, Turn, closed, is_drawing, is_question, turn_from_button, understood
from services.filing_records import Draft
from services.look_up_said import LookUpSaid, look_up_said, shown_look_up
from services.particulars_said import Particular, are_enough, are_private, particulars_said

__all__ = ["LONGEST_TEXT", "SoFar", "Turn", "closed", "is_drawing", "turn_from_button", "turn_from_text", "typed_text"]
LONGEST_TEXT = 2_000
LOOK_UP = "look_up_filing"
NOTHING = SoFar()
NOT_TAKEN = "您发的姓名、号码我没有记下。要在这里办备案，说「办备案」，填到的时候再发。"


def typed_text(message: str) -> str:
    """The message as text: no command, and not so long that looking through it would hold others up.

    A leading slash, also one behind blanks or another slash, would make it Rasa's command.
    """
    text = re.sub(r"^[\s/／\u200b-\u200f\u2060\ufeff]+", "", message).rstrip()
    if is_drawing(text) or len(text) <= LONGEST_TEXT:
        return text
    return text[:LONGEST_TEXT // 2] + text[-LONGEST_TEXT // 2:]  # the question often stands at the end


def turn_from_text(text: str, parsed: Mapping[str, Any], draft: Draft | None, so_far: SoFar = NOTHING) -> Turn:
    """The turn of a typed message, given what understanding made of it and the filing in progress, if any."""
    bare = re.sub(r"[\s。，,.！!~]+", "", text)
    turn = _answer_to_what_was_asked(text, bare, draft, so_far) or _look_up(text, parsed, so_far)
    if turn:
        return turn
    if draft is not None and draft.state == "open":
        return turn_in_filing(text, bare, parsed, draft.next_step)
    command = command_in(bare, BEGINNING_A_FILING if so_far.begins_filing else OUTSIDE_A_FILING)
    if command and "取消备案" not in bare:
        return Turn(command, text)
    said = particulars_said(text)
    if are_private(said) or (so_far.begins_filing and are_enough(said, None) and not QUESTION.search(text)):
        return _told_outside(text, parsed, said, so_far)
    action = life_action_in(bare) if so_far.intent in AFTER_A_CARD else None
    has_draft = draft is not None or so_far.begins_filing
    return Turn(action, text) if action else understood(text, parsed, has_draft=has_draft, topic=so_far.topic)


def _told_outside(text: str, parsed: Mapping[str, Any], said: tuple[Particular, ...], so_far: SoFar) -> Turn:
    """Particulars before the first field of a filing; where none is begun they are not taken, and that is said."""
    meant = understood(text, parsed, has_draft=so_far.begins_filing, topic=so_far.topic)
    answers = told(text, said, *meant.entities)
    if goes_before(text, meant):
        return replace(meant, shown=answers.shown)
    if so_far.begins_filing and not is_question(text, meant):
        return answers
    if meant.intent == START_FILING:
        return replace(answers, intent=START_FILING)
    if asks_policy(meant.intent) or meant.intent == INFORM:
        return replace(meant, shown=answers.shown, notes=(NOT_TAKEN,))
    return Turn(FALLBACK, answers.shown, notes=(NOT_TAKEN,))


def _answer_to_what_was_asked(text: str, bare: str, draft: Draft | None, so_far: SoFar) -> Turn | None:
    """A yes or a no to what the message before was asked: give the filing up, end it, take it back, erase."""
    if draft is not None and so_far.intent == "cancel_task":
        if GIVES_UP.fullmatch(bare):
            return Turn("cancel_task", text)
        if GOES_ON.fullmatch(bare):
            return Turn("resume_filing", text)
    if so_far.awaits_yes and so_far.intent in ASKING_FOR_YES:
        says_yes = yes_or_no(bare, so_far.awaits_yes)
        if says_yes is not None:
            return _confirmed(text, so_far.awaits_yes) if says_yes else Turn("keep_as_is", text)
    return None


def _confirmed(text: str, awaits_yes: Mapping[str, str]) -> Turn:
    number = awaits_yes.get("filing_no")
    entities = [closed("filing_no", number), closed("confirmed", "true")] if number else []
    return Turn(awaits_yes["intent"], text, entities)


def _look_up(text: str, parsed: Mapping[str, Any], so_far: SoFar) -> Turn | None:
    """A filing looked for by its number: the number alone is no secret, with what proves the owner it is.

    What is called a number and cannot be one may be an ID number: it travels in private too.
    """
    if is_drawing(text):
        return None
    said = look_up_said(text)
    if said.filing_no is None and so_far.looked_up_no and said.id_last_four and said.phone:
        said = LookUpSaid(so_far.looked_up_no, said.id_last_four, said.phone)
    if said.filing_no is None:
        return None
    in_private = Turn(LOOK_UP, shown_look_up(said), private_text=said.in_one_line)
    if said.is_whole:
        return in_private
    meant = understood(text, parsed, has_draft=False, topic=so_far.topic)
    if asks_policy(meant.intent) and is_question(text, meant):
        return None
    if not said.is_readable:
        return in_private
    return Turn(LOOK_UP, shown_look_up(said), [closed("filing_no", said.filing_no)])
