"""Answers that are one of a few: for whom, how the agent is related, whether the patient is out of hospital."""

from __future__ import annotations

import re
from collections.abc import Callable

from services.filing_fields.asked import Asked
from services.filing_fields.typed_text import tidy
from services.filing_records import CLOSED_TITLES, FieldProblem

_WORDS = {
    # 给我妈办 is for family, though 我 stands in it: family is looked for first
    "filed_for": {
        "family": "家人|家里人|亲戚|亲属|别人|他人|代办|替|帮|爸|妈|爹|娘|父|母|爷|奶|姥|外公|外婆|公公|婆婆|岳"
                  "|老公|老婆|丈夫|妻子|爱人|老伴|儿子|女儿|闺女|孩子|娃|哥|姐|弟|妹|[他她]",
        "self": "本人|自己|自个|我|个人",
    },
    "agent_relation": {
        "spouse": "配偶|老公|老婆|丈夫|妻子|爱人|老伴|媳妇|夫妻|两口子",
        "child": "子女|儿子|女儿|闺女|儿媳|女婿|孩子|儿女",
        "parent": "父母|爸|妈|父亲|母亲|爹|娘|家长",
        "sibling": "兄弟|姐妹|哥|姐|弟|妹",
        "other": "其他|别的|亲戚|朋友|同事|邻居|侄|甥|孙|社区|村里",
    },
    "care_stage": {
        "in_hospital": "住院|住着|没出|未出|还在|没结|未结|在院",
        "discharged": "出院了|已出院|出了院|出院|垫|自费|结了|结过|结完",
    },
}


def check_closed(field: str) -> Callable[[str, Asked], str]:
    """The check of such a field: its closed value; FieldProblem <field>_unknown or _ambiguous with the choices."""

    def check(raw: str, asked: Asked) -> str:
        text, titles = tidy(raw), CLOSED_TITLES[field]
        for value, title in titles.items():
            if text in (value, title):
                return value
        found = [value for value, words in _WORDS[field].items() if re.search(words, text)]
        if field == "filed_for" and found:
            return found[0]
        if field == "care_stage" and re.search("没出|未出|还没|没结|未结", text):
            return "in_hospital"
        if len(found) != 1:
            code = f"{field}_ambiguous" if found else f"{field}_unknown"
            raise FieldProblem(code, field=field, options=tuple(titles.items()))
        return found[0]

    return check
