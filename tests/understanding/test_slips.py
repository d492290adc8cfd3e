"""Like-sounding characters are put right, and nothing that is meant as it stands."""

import pytest

from understanding.slips import put_right


@pytest.mark.parametrize(("typed", "meant"), [
    ("社报卡丢了", "社保卡丢了"),
    ("长期登计过了", "长期登记过了"),
    ("余航公司派我到郑洲", "余杭公司派我到郑州"),
    ("转症备安要几天", "转诊备案要几天"),
    ("起府线是多少", "起付线是多少"),
    ("跨生要不要先被案", "跨省要不要先备案"),
])
def test_slip_is_put_right(typed, meant):
    assert put_right(typed) == meant


@pytest.mark.parametrize("said", [
    "已报销了,可以报",  # 已报 sounds like 医保, and 报销 is a word
    "那去北京呢",  # 那曲
    "路太远了",  # 太原
    "资料上还写着",  # 上海
    "承诺书长啥样",  # 长沙
    "那取钢板呢",  # 那曲
    "报案了没有",  # 备案 is near, and 报案 is a word
    "威海医保去上海看病",
    "hello 123 😭",
    "",
])
def test_what_is_meant_stays(said):
    assert put_right(said) == said


def test_as_many_characters_come_out_as_went_in():
    """Offsets of annotated places must stay true."""
    for text in ("社报卡", "乌鲁木其医报", "余航转真"):
        assert len(put_right(text)) == len(text)
