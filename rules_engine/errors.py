"""What can be wrong with packs, facts and dates; every message says what, where and what to do next."""

from collections.abc import Iterable
from datetime import date


class PolicyError(Exception):
    """Any fault of this package."""


class PackError(PolicyError):
    """A policy pack cannot be used as it is written. In Chinese: policy officers read it."""

    def __init__(self, where: str, problem: str, remedy: str) -> None:
        super().__init__(f"{where}：{problem}。{remedy}")
        self.where, self.problem, self.remedy = where, problem, remedy


class NoProvisionInForce(PolicyError):
    """A provision has no version on that day; never replaced by the nearest one."""

    def __init__(self, provision: str, title: str, day: date, starts_on: date, ends_on: date | None) -> None:
        period = f"{starts_on} 起" + (f"到 {ends_on} 止" if ends_on else "")
        super().__init__(
            f"{provision}（{title}）在 {day} 没有生效版本；现有版本从 {period}。要回答这一天，请补充政策包。"
        )
        self.provision, self.day, self.starts_on, self.ends_on = provision, day, starts_on, ends_on


class UnknownFact(PolicyError):
    """A fact's name or value that no rule knows. In English: only a developer can cause it."""

    def __init__(self, given: str, allowed: Iterable[object]) -> None:
        super().__init__(f"unknown fact {given!r}; use one of {', '.join(map(str, allowed))}")


class UnknownTopic(PolicyError):
    """A topic that policy_packs/topics.yml does not list. In English: only a developer can cause it."""

    def __init__(self, given: str, allowed: Iterable[str]) -> None:
        super().__init__(f"unknown topic {given!r}; use one of {', '.join(allowed)}")


class UnknownRegion(PolicyError):
    """No administrative division has that code. In Chinese: the code may come from a pack or a form."""

    def __init__(self, given: str) -> None:
        super().__init__(
            f"行政区划代码「{given}」不在 rules_engine/division_data/divisions.csv 中。"
            "请核对六位代码；如是新设的区划，请按同目录 SOURCE.md 补进 corrections.csv 后重新生成。"
        )
        self.given = given


class NoPoolingCity(PolicyError):
    """A whole province was given where only a city can answer. In Chinese: the caller may show it."""

    def __init__(self, province: str) -> None:
        super().__init__(f"只知道「{province}」，还不知道是哪个市，无法确定统筹地区。请先问清所在的市。")
        self.province = province
