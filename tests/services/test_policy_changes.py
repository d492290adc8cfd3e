"""What changed between two days: began, ended, another value, other words."""

from dataclasses import replace
from datetime import date

from real_packs import PACKS

from services.policy_changes import changes_between

ID = "weihai.share_borne.temporary_care"
NEW_YEAR = date(2024, 1, 1)


def packs_with(*versions):
    """The real packs, this one provision with these versions alone."""
    provisions = [replace(PACKS.provision(ID), versions=versions)]
    return replace(PACKS, all_provisions={"371000": tuple(provisions)})


def version(first, last=None, **changed):
    return replace(PACKS.provision(ID).versions[0], effective_from=first, effective_to=last, **changed)


def kinds(packs, first, last, region=None):
    return [(change.kind, change.on) for change in changes_between(packs, first, last, region)]


def test_a_version_after_another_is_a_changed_value_with_old_and_new():
    old, new = version(date(2022, 1, 1), date(2023, 12, 31)), version(NEW_YEAR, value=2)
    [change] = changes_between(packs_with(old, new), date(2023, 1, 1), date(2024, 12, 31))
    assert (change.kind, change.on, change.old, change.new) == ("value", NEW_YEAR, old, new)


def test_the_first_day_is_left_out_and_the_last_one_counts():
    packs = packs_with(version(date(2022, 1, 1), date(2023, 12, 31)), version(NEW_YEAR, value=2))
    assert kinds(packs, NEW_YEAR, date(2025, 1, 1)) == []
    assert kinds(packs, date(2023, 12, 31), NEW_YEAR) == [("value", NEW_YEAR)]


def test_what_ends_without_a_successor_ended_the_day_after_and_what_starts_anew_began():
    packs = packs_with(version(date(2022, 1, 1), date(2023, 6, 30)), version(NEW_YEAR))
    assert kinds(packs, date(2022, 1, 1), date(2024, 6, 1)) == [("ended", date(2023, 7, 1)), ("began", NEW_YEAR)]


def test_other_words_with_the_same_value_are_told_apart_from_another_value():
    first = version(date(2022, 1, 1), date(2023, 12, 31))
    later = version(NEW_YEAR, wording=replace(first.wording, says="换了说法"))
    assert kinds(packs_with(first, later), date(2022, 1, 1), NEW_YEAR) == [("words", NEW_YEAR)]


def test_another_region_is_left_out():
    assert kinds(packs_with(version(NEW_YEAR)), date(2023, 1, 1), NEW_YEAR, region="330100") == []


def test_a_version_that_ends_on_the_last_day_there_is_does_no_harm():
    assert kinds(packs_with(version(NEW_YEAR, date.max)), date(2023, 1, 1), date.max) == [("began", NEW_YEAR)]
