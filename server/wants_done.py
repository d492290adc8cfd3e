"""Whether someone asks to have a filing made, or taken back, and not about it: 就在你这儿给我办了吧."""

from __future__ import annotations

import re

_WHOM = "(?:我|俺|咱|他|她|老|爸|妈|娘|爹|叔|姨|哥|姐|弟|妹|爱人|对象|媳妇|孩子|自己|自个儿|们|家|的)*"
_END = r"(?:吧|嘛|呗|啊|呀|哈|了)*(?=[，。,！!～~]|$)"
_WANTS = re.compile(
    rf"(?:帮|给|替){_WHOM}[^，。？?！!,]{{0,6}}?(?:办|备|补|弄|登记|填)(?:理|案)?(?:一个|一下|一份|个|份|了|上|好)*"
    rf"(?:[^，。？?！!,]{{0,4}}备案)?{_END}"
    "|在(?:你|您)?(?:们)?这(?:儿|里|块|边)?[^，。？?！!,]{0,6}(?:办|备|填|弄)(?:好|了|个|一下|一个|一份|吧|嘛)"
    rf"|(?:现在|今天|马上|赶紧|这就|直接)(?:就)?{_WHOM}(?:办|备|补|弄)(?:一个|一下|上|个)*(?:备案)?{_END}"
    rf"|[，。,；; ](?:就|也|那|所以|现在)*(?:[我俺]要|[我俺]?想|帮忙|[我俺]?申请)(?:办理?|做|弄|搞)?(?:个|一下|一个)?"
    rf"(?:异地|长期|跨省|就医)*备案(?:一下|快点)*{_END}"
    r"|[，。,；; ]要备案[，, ]*(?:快点|快些|赶紧|麻烦)"
    rf"|备案.*[，,](?:我|俺)(?:自己|本人|自个儿?)来?办{_END}"
    r"|^(?:那|行|好|我|俺)*先填(?:起来|上|着)"
)
_WANTS_BACK = re.compile("撤(?:回来|回去|回|了|下来|销)|收回")
_HANDED_IN = re.compile("提交|交上去|[昨今前刚]天?.{0,6}(?:交|填|办)的|填错|刚(?:才|刚)?(?:交|提|填|办)")
_ASKS_OR_TELLS = re.compile(
    "要不要|用不用|需不需要|有没有|是不是|能不能|可不可以|行不|能不|可以吗|好吗|什么|啥|怎么|咋|哪|谁|多少|多久|几天|几个|还是(?!直接|得|要|去|想|给|就)"
    "|吗|对吧|是吧|对不|的话|必须|规定|(?<!这)(?<!这[儿里边块])(?:办|备|登记|填|补)(?:好|上)?[了过](?:备案|登记|案)?(?=[，,。]|$)|备案了"
    "|已经|办过|备过|备了案|没办|没备|没弄|不给|不用|不在|别给|报销|结算|取消|删|注销|接着|地方"
)
_ASKS_BACK = re.compile(
    "被|不要|别|影响|社保卡|居住证|退休|能不能|可不可以|可以吗|[能行]吗|能不|怎么|咋|多久|什么|啥|几天|[吗么不][?？]?$"
)


def wants_it_done(text: str) -> bool:
    """Whether the message asks that a filing be made, here and now; one that asks anything besides does not count."""
    return bool(_WANTS.search(text)) and not _ASKS_OR_TELLS.search(text)


def wants_it_back(text: str) -> bool:
    """Whether the message asks that a filing be taken back that was handed in here."""
    return bool(_WANTS_BACK.search(text) and _HANDED_IN.search(text)) and not _ASKS_BACK.search(text)
