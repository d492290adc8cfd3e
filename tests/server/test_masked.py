"""What the history shows of a message: private words are masked, everything else stays readable."""

from __future__ import annotations

import json
import time

import pytest

from server.privacy import HIDDEN, masked
from services.settings import PROJECT_DIR

# sentence, what must no longer stand in it
PRIVATE = [
    ("我的身份证号是371002199001011237", "19900101"),
    ("371002 19900101 1237", "19900101"),
    ("3710 0219 9001 0112 37", "0219 9001"),
    ("371002-19900101-1237", "19900101"),
    ("身份证37100219900101123x请看下", "19900101"),
    ("身份证号码：３７１００２１９９００１０１１２３７", "１９９００１０１"),
    ("老身份证371002900101123", "900101"),
    ("三七一零零二一九九零零一零一一二三七", "一九九零"),
    ("371002199001011237，13812345678", "19900101"),
    ("371002199001011237，13812345678", "1234567"),
    ("打138 1234 5678找我", "1234 5678"),
    ("打138-1234-5678找我", "1234-5678"),
    ("打138.1234.5678找我", "1234.5678"),
    ("+86 13812345678", "1234567"),
    ("8613812345678", "1234567"),
    ("电话13812345678.", "1234567"),
    ("手机号１３８１２３４５６７８", "１２３４５６７"),
    ("一三八一二三四五六七八", "一二三四五六七八"),
    ("0631-5231234", "5231234"),
    ("0631 5231234", "5231234"),
    ("（0631）5231234", "5231234"),
    ("(0631)5231234", "5231234"),
    ("01062345678", "62345678"),
    ("家里电话5231234", "5231234"),
    ("银行卡6222021234567890123", "2021234567890"),
    ("6222 0212 3456 7890", "3456"),
    ("6222 0212 3456 7890 123", "3456"),
    ("卡号6222021234567890", "2021234567"),
    ("社保卡123456789", "3456789"),
    ("护照E12345678", "12345678"),
    ("邮箱zhangsan@example.com", "zhangsan"),
    ("我叫张三丰", "三丰"),
    ("我叫张三丰，要备案", "三丰"),
    ("我叫阿依古丽·买买提", "买买提"),
    ("姓名：欧阳锋", "阳锋"),
    ("姓名 李四", "李四"),
    ("名字是王五", "王五"),
    ("我妈妈的名字叫刘桂芳", "桂芳"),
    ("我爸叫王建国，威海参保", "建国"),
    ("参保人：李四", "李四"),
    ("本人王小明，身份证在手上", "小明"),
    ("我是李雷，身份证丢了", "李雷"),
    ("住在山东省青岛市市南区香港中路10号", "香港中路"),
    ("地址：北京市朝阳区望京街1号院3号楼2单元501", "望京街"),
    ("地址：北京市朝阳区望京街1号院3号楼2单元501", "501"),
    ("威海市环翠区海滨北路58号3单元402室", "402"),
    ("上海市浦东新区世纪大道100号", "世纪大道"),
    ("家住光明小区5栋", "光明小区5"),
    ("住在荣成市成山镇西霞口村12号", "西霞口村12"),
    ("翠竹园三期12号楼1单元101", "101"),
    ("青岛市李沧区九水东路130弄", "130"),
]
PUBLIC = [
    "12393", "请打12393问", "110或120", "12333和12345", "0631是威海的区号",
    "2022年1月1日", "2022-01-01", "20220101", "从2022-01-01到2022-12-31住院", "2022-01-01 2022-12-31",
    "1990年1月1日", "2021年12月10日印发的通知第二条",
    "25000元", "花了25000元", "总共125000.50元", "一次住院花了3万5千块", "10%", "6个月以上",
    "鲁医保发〔2021〕46号", "鲁医保函〔2021〕82号", "示医保发2021第46号文", "第2条第3款",
    "北京市朝阳区", "山东省青岛市", "威海市环翠区", "北京协和医院", "去上海市第六人民医院看病",
    "去深圳北京大学医院3号楼", "5号楼的医院", "我在北京路上摔了3次", "走高速路要2小时",
    "我叫了救护车", "我叫不上名字的病", "姓名怎么填", "姓名要写谁的", "名字叫什么好",
    "我是威海参保", "我是退休职工，身份证丢了", "本人参保地，威海", "本人自己，能去办吗",
    "备案号371000-261122-5181-6778-5", "371000-261122-5181-6778-5", "三级医院门诊慢特病10种",
    "那省内呢", "在哪里办备案？",
]


@pytest.mark.parametrize(("sentence", "secret"), PRIVATE, ids=lambda value: value)
def test_a_private_word_is_masked(sentence, secret):
    assert secret in sentence
    assert secret not in masked(sentence)


@pytest.mark.parametrize("sentence", PUBLIC)
def test_what_is_not_private_stays_as_it_was_written(sentence):
    assert masked(sentence) == sentence


@pytest.mark.parametrize(("sentence", "secret"), PRIVATE, ids=lambda value: value)
def test_masking_twice_changes_nothing_more(sentence, secret):
    assert masked(masked(sentence)) == masked(sentence)


def test_one_recognises_ones_own_number_and_name():
    assert masked("我叫张三丰，371002199001011237，13812345678") == "我叫张**，371***********1237，138****5678"


def test_the_words_around_stay():
    assert masked("卡号6222021234567890能在北京用吗") == f"卡号{HIDDEN}能在北京用吗"


@pytest.mark.parametrize("piece", ["路", "一号", "1", "1 ", "我叫", "a.", "路一", "我叫一·", "2022-01-01 "])
def test_a_long_message_takes_no_longer_than_its_length(piece):
    started = time.perf_counter()
    masked(piece * (2_000 // len(piece)))
    assert time.perf_counter() - started < 0.5


def test_the_page_masks_its_own_bubble_by_the_same_samples():
    """web/tests/privacy.test.ts holds the page to them; here they are held to what the server shows."""
    samples = json.loads((PROJECT_DIR / "web" / "tests" / "masked_samples.json").read_text(encoding="utf-8"))
    assert [masked(text) for text, _ in samples] == [shown for _, shown in samples]
    assert {sentence for sentence, _ in PRIVATE} | set(PUBLIC) <= {text for text, _ in samples}
