"""What the desk's cost page sends and gets. Sums are text in yuan ("800.50"), rates text from 0 to 1 ("0.82")."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Annotated, Any, Literal

from fastapi import Query
from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from server.routes.desk_fields import Day
from server.routes.desk_models import Shape

MOST_LINES, MOST_VARIANTS, LONGEST_PLACE, LONGEST_TITLE = 50, 4, 40, 60
YUAN = r"[0-9]{1,8}(\.[0-9]{1,2})?"
RATE = r"(0(\.[0-9]{1,4})?|1(\.0{1,4})?)"
NOT_SHOWN = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def _yuan(value: object) -> Decimal:
    text = _plain(value)
    if not re.fullmatch(YUAN, text):
        raise ValueError("要写成 25000 或 25000.50 这样：不到1亿元，最多到分")
    return Decimal(text)


def _rate(value: object) -> Decimal:
    text = _plain(value)
    if not re.fullmatch(RATE, text):
        raise ValueError("要在0到1之间，80%写成 0.8")
    return Decimal(text)


def _plain(value: object) -> str:
    """Text without what people put between digits; "" for what is no text."""
    return re.sub(r"[,\s]", "", unicodedata.normalize("NFKC", value)) if isinstance(value, str) else ""


def _shown(text: str) -> str:
    if NOT_SHOWN.search(text):
        raise ValueError("里有不能显示的字符，请删掉")
    return text


def _written(pattern: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "pattern": f"^{pattern}$"})


Yuan = Annotated[Decimal, BeforeValidator(_yuan), _written(YUAN)]
Rate = Annotated[Decimal, BeforeValidator(_rate), _written(RATE)]
SHOWN = r"^[^\x00-\x1f\x7f-\x9f]{%d,%d}$"
PLACE_SHAPE = {"type": "string", "pattern": SHOWN % (1, LONGEST_PLACE)}
TITLE_SHAPE = {"type": "string", "pattern": SHOWN % (0, LONGEST_TITLE)}
# a name (烟台, 山东省烟台市) or a six-digit code
Named = Annotated[
    str, Field(min_length=1, max_length=LONGEST_PLACE), AfterValidator(_shown), WithJsonSchema(PLACE_SHAPE),
]
Title = Annotated[str, Field(max_length=LONGEST_TITLE), AfterValidator(_shown), WithJsonSchema(TITLE_SHAPE)]
# Facts of which a person may say that they don't know: every way it may turn out is then reckoned.
Skippable = Literal[
    "destination_scope", "situation", "has_valid_filing", "care_place", "care_stage", "was_settled", "institution",
    "stays_long_enough", "is_within_change_limit", "has_residence_proof", "scheme", "employment", "benefit_tier",
    "person_group", "has_local_household", "hospital_level",
]


class ClassBLine(Shape):
    """Class B items that take the same share first; without `rate` nobody told it."""

    amount: Yuan
    rate: Rate | None = None


class Sheet(Shape):
    """What the hospital's settlement sheet shows, to compare with."""

    non_covered_amount: Yuan | None = None
    class_b_upfront_amount: Yuan | None = None
    out_of_area_upfront_amount: Yuan | None = None
    deductible: Yuan | None = None
    coinsurance_amount: Yuan | None = None
    above_ceiling_amount: Yuan | None = None
    pooled_fund_amount: Yuan | None = None
    critical_illness_amount: Yuan | None = None
    patient_total_amount: Yuan | None = None
    fund_total_amount: Yuan | None = None


class CostGiven(Shape):
    """One bill and its case. What is left out, or null, nobody told."""

    insured_region: Named | None = None
    treatment_region: Named | None = None
    filed_region: Named | None = None
    destination_scope: Literal["within_pooling_area", "within_province", "cross_province"] | None = None
    admitted_on: Day | None = None
    situation: Literal[
        "long_term_residence", "temporary_care", "referral", "self_arranged", "emergency_treatment"
    ] | None = None
    has_valid_filing: Annotated[bool, Field(strict=True)] | None = None
    care_place: Literal["filed_place", "home", "third_place"] | None = None
    care_stage: Literal["before_treatment", "in_hospital", "discharged"] | None = None
    was_settled: Annotated[bool, Field(strict=True)] | None = None
    institution: Literal["networked", "designated", "not_designated"] | None = None
    stays_long_enough: Annotated[bool, Field(strict=True)] | None = None
    is_within_change_limit: Annotated[bool, Field(strict=True)] | None = None
    has_residence_proof: Annotated[bool, Field(strict=True)] | None = None
    scheme: Literal["employee", "resident"] | None = None
    employment: Literal["working", "retired"] | None = None
    benefit_tier: Literal["tier_one", "tier_two"] | None = None
    person_group: Literal[
        "university_student", "flexible_worker", "individual_business", "child", "other"
    ] | None = None
    has_local_household: Annotated[bool, Field(strict=True)] | None = None
    hospital_level: Literal["community", "primary", "secondary", "tertiary"] | None = None
    stay_in_year: Literal[1, 2, 3] | None = None
    total_amount: Yuan | None = None
    non_covered_amount: Yuan | None = None
    class_a_amount: Yuan | None = None
    class_b_lines: Annotated[list[ClassBLine], Field(max_length=MOST_LINES)] | None = None
    class_b_upfront_amount: Yuan | None = None
    in_scope_amount: Yuan | None = None
    deductible_met_amount: Yuan | None = None
    year_in_scope_amount: Yuan | None = None
    year_fund_amount: Yuan | None = None
    year_burden_amount: Yuan | None = None
    own_deductible_amount: Yuan | None = None
    own_rate: Rate | None = None
    sheet: Sheet | None = None
    skipped: Annotated[list[Skippable], Field(max_length=len(Skippable.__args__))] | None = None

    def told(self) -> dict[str, Any]:
        """Only what was told."""
        return self.model_dump(exclude_none=True)

    def changed(self, base: dict[str, Any]) -> dict[str, Any]:
        """The base with what is set here in place of its own; what is null here is untold."""
        whole = {**base, **dict.fromkeys(self.model_fields_set), **self.told()}
        return {name: told for name, told in whole.items() if told is not None}


class Variant(Shape):
    """Another case: what differs from the base."""

    title: Title = ""
    changes: CostGiven


class Compared(Shape):
    base: CostGiven
    variants: list[Variant] = Field(min_length=1, max_length=MOST_VARIANTS)


class FormQuery(Shape):
    region: Named | None = None
    on: Day | None = None


FormAsked = Annotated[FormQuery, Query()]
