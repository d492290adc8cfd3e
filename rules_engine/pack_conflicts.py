"""Whether provisions can stand together: no id twice, no case to which two of them apply."""

from collections.abc import Iterable, Sequence
from itertools import combinations

from rules_engine.errors import PackError
from rules_engine.provisions import Provision, exclude_each_other


def check_ids(provisions: Iterable[Provision]) -> None:
    """Raises PackError for an id that is there twice, also in two regions: a copied file keeps its pack name easily."""
    seen: set[str] = set()
    for provision in provisions:
        if provision.id in seen:
            raise PackError(provision.id, "同一个id写了两次", "请改掉其中一个")
        seen.add(provision.id)


def check_region(provisions: Sequence[Provision]) -> None:
    """Raises PackError for two provisions that can both apply to one case, or an exception to nothing."""
    ids = {provision.id for provision in provisions}
    for provision in provisions:
        for general in provision.exceptions_to:
            if general not in ids:
                raise PackError(provision.id, f"exception_to 里的 {general} 找不到", "请核对那一条的id")
    for one, other in combinations(provisions, 2):
        if _may_clash(one, other) and not exclude_each_other(one, other):
            raise PackError(
                f"{one.id} 和 {other.id}", "两条规定会同时适用于一种情况",
                "请把条件（when）写得互不相交，或写明哪一条是例外（exception_to）",
            )


def _may_clash(one: Provision, other: Provision) -> bool:
    if one.topic != other.topic or one.is_overview != other.is_overview:
        return False
    if one.is_overview and len(one.when) != len(other.when):
        return False  # the one with more conditions goes first
    if other.id in one.exceptions_to or one.id in other.exceptions_to:
        return False
    return any(
        a.covers(b.effective_from) or b.covers(a.effective_from) for a in one.versions for b in other.versions
    )
