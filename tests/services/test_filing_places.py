"""Where someone goes is kept at the level the region asks for; a place that is unclear or needs no filing is told as such."""

from __future__ import annotations

import pytest
from filing_office import BEIJING, HANGZHOU, URUMQI, WEIHAI
from typed_answers import asked, checked, problem

from services.filing_fields import CHECKS
from services.filing_records import FieldProblem


def test_places_of_one_name_are_offered_as_choices_that_can_be_answered():
    options = problem("treatment_region", "朝阳").details["options"]
    assert ("211300", "辽宁省朝阳市") in options and ("110105", "北京市朝阳区") in options
    assert [checked("treatment_region", code) for code, _ in options] == ["211300", "110000", "220100"]


def test_a_province_alone_is_named_so_that_its_city_can_be_asked():
    assert problem("treatment_region", "山东").details == {"province": "370000", "region": "山东省"}


@pytest.mark.parametrize(
    ("region", "place", "kept"),
    [(URUMQI, "海口", "460000"), (URUMQI, "海南省", "460000"), (URUMQI, "拉萨", "540000"), (URUMQI, "北京海淀", BEIJING),
     (URUMQI, "成都", "510100"), (WEIHAI, "海口", "460100"), (HANGZHOU, "上海", "310000")],
)
def test_a_place_is_kept_at_the_level_the_region_asks_for(region, place, kept):
    assert CHECKS["treatment_region"](place, asked(region)) == kept


@pytest.mark.parametrize(("region", "kind"), [(HANGZHOU, "long_term_residence"), (WEIHAI, "temporary_care")])
def test_a_place_that_needs_no_filing_is_refused(region, kind):
    place = {HANGZHOU: "宁波", WEIHAI: "青岛"}[region]
    with pytest.raises(FieldProblem) as raised:
        CHECKS["treatment_region"](place, asked(region, kind))
    assert raised.value.code == "treatment_region_within_province"
