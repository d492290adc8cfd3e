"""The life of a filing as states and the events that lead from one to the next."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

STATUS_TITLES = {
    "submitted": "已提交，等待经办机构确认",
    "confirmed": "已确认，有效",
    "returned": "已退回，要改好再交",
    "replaced": "已由改好的一份代替",
    "changed": "已变更，由新的一份代替",
    "withdrawn": "已撤回",
    "ending": "已申请注销，等待经办机构确认",
    "ended": "已注销",
    "expired": "已到期",
}
EVENT_TITLES = {
    "submitted": "已提交",
    "confirmed": "已确认",
    "returned": "已退回",
    "withdrawn": "已撤回",
    "replaced": "改好重新提交",
    "changed": "变更为新的备案",
    "limited": "到新的备案开始的前一天为止",
    "end_requested": "已申请注销",
    "end_refused": "注销没有同意",
    "ended": "已注销",
}
# event → the states it may find, and the one it leaves
TRANSITIONS: dict[str, tuple[frozenset[str | None], str]] = {
    "submitted": (frozenset({None}), "submitted"),
    "confirmed": (frozenset({"submitted"}), "confirmed"),
    "returned": (frozenset({"submitted"}), "returned"),
    "withdrawn": (frozenset({"submitted", "returned"}), "withdrawn"),
    "replaced": (frozenset({"returned"}), "replaced"),
    # The end that was applied for is no longer asked of anybody once a new filing takes the old one's place.
    "changed": (frozenset({"confirmed", "ending"}), "changed"),
    "limited": (frozenset({"confirmed"}), "confirmed"),
    "end_requested": (frozenset({"confirmed"}), "ending"),
    "end_refused": (frozenset({"ending"}), "confirmed"),
    "ended": (frozenset({"ending"}), "ended"),
}
AWAITING_DECISION = frozenset({"submitted", "ending"})
# A filing that stands in the way of a second one of its kind: handed in, and not over.
OPEN = frozenset({"submitted", "confirmed", "returned", "ending"})
# Nothing can be done with it any more, whatever the day.
OVER = frozenset({"replaced", "changed", "withdrawn", "ended"})
# Benefits may hang on it today.
HOLDING = frozenset({"confirmed", "ending"})


class ImpossibleEvent(Exception):
    """An event cannot happen to a filing in that state; names both."""

    def __init__(self, event: str, status: str | None) -> None:
        super().__init__(f"{event} cannot happen to a filing that is {status or 'not there yet'}")
        self.event, self.status = event, status


def state_after(status: str | None, event: str) -> str:
    """The state an event leaves. Raises ImpossibleEvent; KeyError for an unknown event."""
    before, after = TRANSITIONS[event]
    if status not in before:
        raise ImpossibleEvent(event, status)
    return after


def replayed(events: Iterable[str]) -> str | None:
    """The state that a filing's whole history leads to, None for no events. Raises ImpossibleEvent."""
    status = None
    for event in events:
        status = state_after(status, event)
    return status


def status_on(status: str, valid_to: date | None, today: date) -> str:
    """The status as people see it on that day: what has run out is expired, though nobody wrote that down."""
    is_over = status in HOLDING and valid_to is not None and valid_to < today
    return "expired" if is_over else status
