"""What a message means while a filing is being filled in: an answer, a choice, a paper, a command or a question."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from rules_engine import regions
from server.commands import AGREES, DISAGREES, HANDS_IN, HAS_UPLOADED, SKIPS_PAPER, command_in
from server.meaning import ERASE, ERASES, SURE_ENOUGH
from server.privacy import masked
from server.topics_heard import QUESTION, asks_policy
from server.turn import Turn, closed, is_drawing, is_question, understood
from services import masking
from services.case_facts import sounds_dangerous
from services.filing_forms import MASKS
from services.filing_records import FIELDS, PAPER_STEP
from services.particulars_said import Particular, are_enough, particulars_said, shown

# Being filled in, these need no question mark to be meant.
DURING_FILING = frozenset({
    "cancel_task", "pause_filing", "correct_field", "ask_human", "ask_help", "ask_my_filing", "look_up_filing",
    "erase_my_data",
})
# A step with nothing to fill in: what a yes and a no mean there.
CHOICES: Mapping[str, tuple[str, str]] = {
    "review": ("confirm_review", "edit_field"), "commitment": ("consent", "refuse_consent"),
    "hand_in": ("hand_in", "edit_field"),
}
SIGNED = frozenset({"commitment", "signature", "hand_in"})  # what was reviewed stands there
ADDRESS_WORDS = re.compile(r"[省市区县镇乡村路街巷弄号楼室栋幢里园苑厦]")
NUMBERS = frozenset({"id_number", "phone", "agent_id_number"})
DAYS = frozenset({"starts_on", "admitted_on", "discharged_on"})
A_DAY = re.compile(r"\d[\d年月日号./\-－—]{2,}")  # 2026-12-01 looks like a filing number
# What the step's own question answers: it names the paper and which ones do.
ASKS_WHICH_PAPER = re.compile(
    "(?:传|交|拍|用|要)(?:什么|啥|哪)|(?:什么|啥|哪种|哪个|哪些)(?:材料|证明|照片|东西)|怎么(?:上?传|拍|交)"
)
NAMES = frozenset({"name", "agent_name"})
LONGEST_NAME = 12
NEVER_A_NAME = re.compile(r"(?:[\u4e00-\u9fff].*){9}")  # as many characters that ask a policy question are no name


def turn_in_filing(text: str, bare: str, parsed: Mapping[str, Any], step: str) -> Turn:
    """The turn of a message at that step of an open draft."""
    command = command_in(bare)
    if command:
        return Turn(command, text)
    meant = understood(text, parsed, has_draft=True)
    said = particulars_said(text)
    is_bare = len(said) == 1 and said[0].text == text.strip()  # a number alone corrects nothing: where would it belong
    if step not in SIGNED and are_enough(said, step) and not QUESTION.search(text) and (step in FIELDS or not is_bare):
        return replace(meant, shown=shown(said)) if goes_before(text, meant) else told(text, said)
    if step in CHOICES:
        return _at_a_choice(bare, text, meant, step)
    if step.startswith(PAPER_STEP):
        return _at_a_paper(bare, text, meant)
    reads_as_answer = _reads_as_answer(step, bare)
    if is_question(text, meant) and not reads_as_answer:
        return meant
    if _is_for_the_talk(meant) and not reads_as_answer:
        return meant
    if step in NAMES and NEVER_A_NAME.match(bare) and asks_policy(meant.intent) and meant.confidence >= SURE_ENOUGH:
        return meant
    return Turn("answer_field", shown_answer(step, text), private_text=text)


def told(text: str, said: tuple[Particular, ...], *entities: Mapping[str, Any]) -> Turn:
    """The turn of a message that tells several particulars, or others than were asked."""
    particulars = closed("particulars", "told")
    return Turn("answer_field", shown(said), [*map(dict, entities), particulars], private_text=text)


def goes_before(text: str, meant: Turn) -> bool:
    """Whether what a message wants counts more than the particulars in it: an emergency, a person, an end, deletion."""
    if sounds_dangerous(meant.entities):
        return True
    return _is_for_the_talk(meant) and meant.intent != "correct_field" and (
        meant.intent != ERASE or bool(ERASES.search(text))
    )


def _is_for_the_talk(meant: Turn) -> bool:
    return meant.intent in DURING_FILING and meant.confidence >= SURE_ENOUGH


def _at_a_choice(bare: str, text: str, meant: Turn, step: str) -> Turn:
    """At the review, the letter and the last button there is nothing to fill in: yes, no, a correction, a question."""
    yes, no = CHOICES[step]
    if AGREES.fullmatch(bare) or (step != "commitment" and HANDS_IN.fullmatch(bare)):
        return Turn(yes, text)
    if DISAGREES.fullmatch(bare):
        return Turn(no, text)
    fields = [e for e in meant.entities if e["entity"] == "filing_field"]
    if fields and not is_question(text, meant):
        return Turn("edit_field", meant.shown, fields)
    return meant


def _at_a_paper(bare: str, text: str, meant: Turn) -> Turn:
    """A paper is uploaded, not typed: there is none, it has been uploaded, a question, or how it is done."""
    if SKIPS_PAPER.fullmatch(bare):
        return Turn("skip_paper", text)
    if HAS_UPLOADED.fullmatch(bare):
        return Turn("paper_added", text)
    if not ASKS_WHICH_PAPER.search(bare) and (is_question(text, meant) or _is_for_the_talk(meant)):
        return meant
    return Turn("answer_field", meant.shown)


def _reads_as_answer(step: str, bare: str) -> bool:
    """Whether a message has the shape of the field that was asked, whatever else it might mean."""
    if step in NUMBERS:
        return len(re.findall(r"\d", bare)) >= 5
    if step in DAYS:
        return A_DAY.fullmatch(bare) is not None
    if step == "treatment_region":
        return bool(regions.named(bare))
    if step == "address":
        return len(ADDRESS_WORDS.findall(bare)) >= 3 and bool(re.search(r"\d|[一二三四五六七八九十]号", bare))
    if step == "signature":
        return is_drawing(bare)
    return False


def shown_answer(step: str, text: str) -> str:
    """A field's answer as the history shows it: masked, whatever was typed."""
    if step == "signature":
        return "（已签名）"
    if step in NAMES:
        return masking.mask_name(text.strip())[:LONGEST_NAME]
    if step in ("address", "hospital"):
        return MASKS[step](text.strip())
    return masked(text) if step in FIELDS else "（已填写）"
