"""Whether someone asks to have the filing made, and not about it: 就在你这儿给我办了吧."""

from __future__ import annotations

import re

_WHOM = "(?:我|俺|咱|他|她|老|爸|妈|娘|爹|叔|姨|哥|姐|弟|妹|爱人|对象|媳妇|孩子|自己|自个儿|们|家|的)*"
_END = r"(?:吧|嘛|呗|啊|呀|哈|了)*[。！!～~]*$"
_WANTS = re.compile(
    rf"(?:帮|给|替){_WHOM}[^，。？?！!,]{{0,6}}?(?:办|备|补|弄|登记|填)(?:理|案)?(?:一个|一下|一份|个|份|了|上|好)*"
    rf"(?:[^，。？?！!,]{{0,4}}备案)?{_END}"
    "|在(?:你|您)?(?:们)?这(?:儿|里|块|边)?[^，。？?！!,]{0,6}(?:办|备|填|弄)(?:好|了|个|一下|一个|一份|吧|嘛)"
    rf"|(?:现在|今天|马上|赶紧|这就|直接)(?:就)?{_WHOM}(?:办|备|补|弄)(?:了|一个|一下|上|个)*(?:备案)?{_END}"
)
_ASKS_OR_TELLS = re.compile(
    "要不要|用不用|需不需要|是不是|能不能|可不可以|行不|能不|可以吗|好吗|什么|啥|怎么|咋|哪|谁|多少|多久|几天|几个|还是"
    "|已经|办过|备过|备了案|没办|没备|没弄|不给|不用|不在|别给|报销|结算|取消|删|注销|接着|地方"
)


def wants_it_done(text: str) -> bool:
    """Whether the message asks that a filing be made, here and now; one that asks anything besides does not count."""
    return bool(_WANTS.search(text)) and not _ASKS_OR_TELLS.search(text)
