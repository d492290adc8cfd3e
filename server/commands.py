"""Short messages that are commands, a yes or a no, whatever the classifier makes of them."""

from __future__ import annotations

import re
from collections.abc import Mapping

_DELETE = r"(?:删除|删掉|删了|清除|清空|清掉|抹掉)"
_MINE = r"(?:我的?|全部|所有|掉)*(?:个人)?(?:信息|数据|资料|记录|聊天记录|对话|账号)"
COMMANDS = {
    "erase_my_data": re.compile(
        rf"(?:我(?:要|想)?|请|帮我|麻烦)*(?:{_DELETE}{_MINE}|把?{_MINE}(?:全部|全|都)?{_DELETE}|注销(?:我的?)?账号)(?:吧|了)?"
    ),
    "look_up_filing": re.compile(
        r"(?:我(?:要|想)?)?(?:凭|用|按)备案号(?:查询?|找)(?:备案)?吧?|查(?:询|一?下)?备案号|备案号查询|[查找](?:一份|别处的?)备案"
    ),
    "cancel_task": re.compile(
        r"(?:我(?:要|想)?)?(?:取消|退出|不办了|算了|不弄了|不填了)(?:备案|办理|吧|了|填写|这次|这个|先|我|还是|不办|不弄|不填)*"
    ),
    "pause_filing": re.compile(
        # 明天 alone is a day to begin from
        r"(?:那|好|好的|行|我)*(?:稍后|等会儿?|等一会儿?|待会儿?|回头|晚点|以后|先放着|先?(?:停|歇|缓|放)一?(?:停|歇|缓|放|下|会儿?)"
        r"|明天(?=再|继续|填|办|弄|说))"
        r"(?:再|继续|先)*(?:继续|填|办|弄|说|来)*(?:吧|了)?"
        r"|(?:稍等|等等|等一下|等会儿?|慢着)(?!.*[吗么呢?？]).{0,10}(?:我|俺|让我)先?(?:去|接|忙|找|拿|下)(?!.*(?:改|错)).{0,10}"
    ),
    "resume_filing": re.compile(
        r"(?:那|好|好的|行|嗯|懂了|知道了|晓得了|明白了|没事|还是|我?先)*(?:继续|接着|往下)(?:给[我他她俺])?(?:往下)?"
        r"(?:办|填|备案|弄|来|走|填起来)*(?:吧|了|啊|嘛|呗)?"
    ),
    "ask_my_filing": re.compile(r"(?:查|看|看看|查一下)?我的备案(?:呢|状态|进度)?"),
    "ask_help": re.compile(r"帮助|怎么填|不会填"),
}
OUTSIDE_A_FILING = ("cancel_task", "resume_filing", "ask_my_filing", "erase_my_data", "look_up_filing")
BEGINNING_A_FILING = (*OUTSIDE_A_FILING, "pause_filing")
AGREES = re.compile(
    r"我?(?:已经?)?(?:都|全)?(?:对|是|好|没错|没问题|同意|我同意|可以|确认|确定|嗯|行|读完并同意|正确|无误|的)+(?:了|啊|呀|吧|的)?"
)
DISAGREES = re.compile(r"(?:我)?(?:不对|不是|不同意|有错|错了|不行|不签|不愿意|否)(?:了|啊|的)?")
# Answers to «shall what you filled in be deleted?»
GIVES_UP = re.compile(rf"{AGREES.pattern}|(?:我?(?:确定|确认|要|是))*(?:取消|删掉|删除|不办了)(?:吧|了|的)?")
GOES_ON = re.compile(rf"{DISAGREES.pattern}|(?:先?(?:不|别|不要|不用|不想)(?:取消|删掉|删除|删|了)*)(?:吧|了)?")
HANDS_IN = re.compile(
    r"(?:(?:都|全)?(?:对|好|行|没问题)的?)?(?:我要|现在|那|就)*(?:确认|确定)?(?:提交|交上去|递交)(?:备案|申请|了|吧)*"
)
# At a paper: there is none, or it has been uploaded.
SKIPS_PAPER = re.compile(
    r"(?:我|这个)?(?:没有|没|无|跳过|不传|不交|不用传|不用交)(?:这个|这份|这种|材料|了|吧)*(?:跳过)?吧?"
)
HAS_UPLOADED = re.compile(r"(?:我)?(?:都|已经?)?(?:传|上传|发)(?:好|完|上去)?了|好了|下一步|传好了下一步")
# What was asked for a yes, and what says it besides yes itself.
YES_WORDS = {
    "end_filing": "注销", "withdraw_filing": "撤回|撤销|撤了?", "erase_confirmed": "删除|删掉|删吧?|清除|清空",
}
ASKING_FOR_YES = frozenset({"end_filing", "withdraw_filing", "erase_my_data"})
# After a filing was shown: what its buttons say, typed.
AFTER_A_CARD = frozenset({"ask_my_filing", "look_up_filing", "start_filing"})
LIFE_ACTIONS = {
    "change_filing": "变更|改地方|换地方", "mend_filing": "改好重交|改一改重交|重新提交|重交",
    "renew_filing": "续办|续期|续备案?", "end_filing": "注销", "withdraw_filing": "撤回|撤销",
}


def command_in(bare: str, among: tuple[str, ...] = tuple(COMMANDS)) -> str | None:
    """The command that a message (without blanks and stops) is; None for any other message."""
    return next((intent for intent in among if COMMANDS[intent].fullmatch(bare)), None)


def yes_or_no(bare: str, awaits_yes: Mapping[str, str]) -> bool | None:
    """Whether a message says yes or no to what was asked; None when it says something else."""
    words = YES_WORDS[awaits_yes["intent"]]
    yes = rf"{AGREES.pattern}|(?:{AGREES.pattern}|我|要|就|都|全|全部|给我|把它)*(?:{words})(?:掉|吧|了|的)*"
    if re.fullmatch(yes, bare):
        return True
    no = rf"{DISAGREES.pattern}|(?:那?先?(?:不|别|不要|不用|不想|算)(?:{words}|了)*)(?:吧|了)?|取消"
    return False if re.fullmatch(no, bare) else None


def life_action_in(bare: str) -> str | None:
    """What a message asks to be done with the filing that was just shown; None when it asks nothing of the kind."""
    if re.search("了[吗么嘛没不?？]", bare):
        return None  # 撤回了吗: asks how it stands
    lead, end = r"(?:我(?:要|想)?|给我|帮我|申请|把它|现在)*", r"(?:它|这份|这个|备案|吧|了|一下)*"
    # also as a question where a yes is asked for before it is done
    may, or_not = "(?:还|那)?(?:能不能|可不可以|可以|能)?", "[吗么嘛不?？]*"
    patterns = {
        action: f"{may}{lead}(?:{words}){end}{or_not}" if action in ASKING_FOR_YES else f"{lead}(?:{words}){end}"
        for action, words in LIFE_ACTIONS.items()
    }
    return next((action for action, pattern in patterns.items() if re.fullmatch(pattern, bare)), None)
