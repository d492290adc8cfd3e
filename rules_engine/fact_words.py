"""Facts in Chinese: their titles, their values, and facts as people write them on a command line or in a case."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from rules_engine import regions
from rules_engine.errors import PolicyError
from rules_engine.facts import ALLOWED_VALUES, FACT_NAMES, REGION_FACTS

TITLES: Mapping[str, str] = {
    "insured_region": "参保地", "treatment_region": "就医地", "filed_region": "备案的地方",
    "destination_scope": "去的地方有多远", "situation": "就医情形", "care_place": "在哪里看病",
    "has_valid_filing": "有没有有效的备案", "has_residence_proof": "交没交居住证明",
    "is_within_change_limit": "是否还在不能变更的期限内", "stays_long_enough": "住的时间够不够长期",
    "care_type": "看的是哪一类", "care_stage": "看病到了哪一步", "was_settled": "有没有当场刷卡结算",
    "institution": "医院是不是联网定点", "person_group": "是哪一类人", "has_local_household": "是不是本市户籍",
    "drug_kind": "哪一类药", "third_party": "第三方责任",
    "scheme": "职工还是居民医保", "employment": "在职还是退休", "benefit_tier": "居民医保哪一档",
    "hospital_level": "医院等级", "stay_in_year": "今年第几次住院",
    "class_b_item": "哪一种乙类项目",
    "confirmed_on": "医保确认备案的日期", "months_since_confirmation": "确认备案后过了几个月",
    "stay_months": "打算住几个月",
}
VALUES: Mapping[Any, str] = {
    "within_pooling_area": "参保市以内", "within_province": "省内跨市", "cross_province": "跨省",
    "long_term_residence": "异地长期居住", "temporary_care": "临时外出就医", "referral": "转诊",
    "self_arranged": "自行外出", "emergency_treatment": "急诊",
    "filed_place": "备案地", "home": "参保地", "third_place": "备案地以外的第三地",
    "inpatient": "住院", "general_outpatient": "普通门诊", "chronic_special_disease": "门诊慢特病",
    "before_treatment": "还没看病", "in_hospital": "正在住院", "discharged": "已经出院结账",
    "networked": "联网定点", "designated": "定点没联网", "not_designated": "非定点",
    "university_student": "大学生", "flexible_worker": "灵活就业人员", "individual_business": "个体工商户和雇工",
    "child": "少年儿童", "other": "其他人",
    "national_negotiated": "国谈药", "prescription": "处方药", "over_the_counter": "非处方药",
    "none": "没有第三方责任", "liable": "该第三方负责", "unclear": "第三方不赔或找不到",
    "employee": "职工医保", "resident": "居民医保", "working": "在职", "retired": "退休",
    "ct": "CT", "mri": "磁共振", "tylenol": "泰诺",
    "tier_one": "一档", "tier_two": "二档",
    "community": "社区等基层机构", "primary": "一级医院", "secondary": "二级医院", "tertiary": "三级医院",
    True: "是", False: "否",
}
YES_NO: Mapping[str, bool] = {"是": True, "否": False, "true": True, "false": False}
COUNTS = frozenset({"months_since_confirmation", "stay_months"})
STAYS = {"1": 1, "2": 2, "3": 3}


class UnreadableFact(PolicyError):
    """A fact that cannot be read as it was written. In Chinese: whoever typed it reads it."""


def value_in_words(name: str, value: Any) -> str:
    """The value as people say it: 省内跨市, 山东省烟台市, 是, 2026年3月10日."""
    if name in REGION_FACTS:
        return regions.display_name(str(value))
    if name in COUNTS:
        return f"{value}个月"
    if name == "stay_in_year":
        return f"第{value}次"
    return day_in_words(value) if isinstance(value, date) else VALUES[value]


def day_in_words(day: date) -> str:
    """2026年3月10日."""
    return f"{day.year}年{day.month}月{day.day}日"


@lru_cache(maxsize=1024)
def amount_in_words(value: Any, unit: str) -> str:
    """An amount with its unit (rate, yuan, months, days): 10%, 25,000元, 6个月, 30天."""
    if unit == "rate":
        return f"{(Decimal(value) * 100).normalize():f}%"
    if unit == "yuan":
        return f"{value:,}元"
    return f"{value}{'个月' if unit == 'months' else '天'}"


def read_fact(name: str, text: str) -> Any:
    """The fact's value as it was written: a place's name or code, 是 or 否, a day, the engine's word or its Chinese.

    Raises UnreadableFact, saying what would do.
    """
    if name not in FACT_NAMES:
        choices = "、".join(f"{one}（{TITLES[one]}）" for one in FACT_NAMES)
        raise UnreadableFact(f"没有「{name}」这个情况。可以用：{choices}。")
    if name in REGION_FACTS:
        return region_code(text)
    if name == "confirmed_on":
        return _read_day(text)
    if name in COUNTS:
        return _read_count(name, text)
    if name == "stay_in_year":
        return _read_stay(text)
    allowed = ALLOWED_VALUES[name]
    value: Any = YES_NO.get(text.lower(), text) if True in allowed else _identifier(text, allowed)
    if value not in allowed:
        choices = "、".join(VALUES[one] if isinstance(one, bool) else f"{one}（{VALUES[one]}）" for one in allowed)
        raise UnreadableFact(f"{name}（{TITLES[name]}）不能是「{text}」。可以用：{choices}。")
    return value


def _read_count(name: str, text: str) -> int:
    if not text.isdecimal():
        raise UnreadableFact(f"{name}（{TITLES[name]}）要写几个月，例如 4，不能是「{text}」。")
    return int(text)


def _read_stay(text: str) -> int:
    if text not in STAYS:
        title = TITLES["stay_in_year"]
        raise UnreadableFact(f"stay_in_year（{title}）不能是「{text}」。可以用：1、2、3（第三次或以后）。")
    return STAYS[text]


def region_code(text: str) -> str:
    """The six-digit code of the one place meant. Raises UnreadableFact for none or several, UnknownRegion."""
    if text in (regions.NATIONAL, regions.NATIONAL_NAME):
        return regions.NATIONAL
    if text.isdigit():
        return regions.region(text).code
    found = regions.named(text)
    if not found:
        raise UnreadableFact(f"没有找到叫「{text}」的地方。请写全名（例如 山东省烟台市），或六位行政区划代码。")
    if len(found) > 1:
        choices = "、".join(f"{regions.display_name(one.code)} {one.code}" for one in found)
        raise UnreadableFact(f"「{text}」不止一个：{choices}。请写全名或代码。")
    return found[0].code


def _read_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as fault:
        raise UnreadableFact(f"「{text}」不是日期。请写成 2026-03-10 这样。") from fault


def _identifier(text: str, allowed: tuple[Any, ...]) -> str:
    return next((str(one) for one in allowed if VALUES.get(one) == text), text)
