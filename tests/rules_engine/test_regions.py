"""Which places a code or a sentence means."""

import re
import timeit

import pytest

from rules_engine.errors import NoPoolingCity, UnknownRegion
from rules_engine.regions import (
    all_names,
    all_regions,
    destination_scope,
    display_name,
    find_in,
    is_mainland,
    is_within,
    named,
    pooling_city_of,
    province_of,
    region,
)

WEIHAI = "371000"


def codes(text: str) -> set[str]:
    return {found.code for found in named(text)}


def mentions(sentence: str) -> list[str]:
    """Each mention as the codes it can mean, joined by a slash."""
    return ["/".join(found.code for found in mention.regions) for mention in find_in(sentence)]


def test_the_table_has_every_division_of_the_end_of_2025():
    levels = [found.level for found in all_regions()]
    assert [levels.count(level) for level in ("province", "prefecture", "county")] == [34, 333, 2845]


def test_every_code_has_six_digits_and_its_parent_is_in_the_table():
    for found in all_regions():
        assert re.fullmatch(r"\d{6}", found.code)
        assert found.level == "province" or region(found.parent_code).code[:2] == found.code[:2]


def test_no_short_name_has_one_character_only():
    assert [found for found in all_regions() if len(found.short_name) < 2] == []


def test_headings_and_development_zones_are_not_places():
    wrong = ("市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划")
    assert not [found for found in all_regions() if found.name in wrong or found.name.endswith("开发区")]


def test_an_unknown_code_is_refused_with_what_to_do():
    with pytest.raises(UnknownRegion, match=r"999999.*请核对六位代码"):
        region("999999")


def test_rongcheng_belongs_to_weihai_and_shandong():
    assert pooling_city_of("371082").code == WEIHAI
    assert province_of("371082").name == "山东省"


def test_qingdao_is_in_shandong_and_shanghai_is_not():
    assert is_within("370200", "370000")
    assert not is_within("310000", "370000")


def test_a_municipality_pools_as_a_whole():
    assert pooling_city_of("110105").code == "110000"
    assert pooling_city_of("500157").code == "500000"


@pytest.mark.parametrize("code", ["419001", "429004", "469002", "659001", "441900", "442000", "460400", "620200"])
def test_a_county_run_by_its_province_and_a_city_without_counties_answer_for_themselves(code):
    assert pooling_city_of(code).code == code


def test_a_whole_province_has_no_pooling_city():
    with pytest.raises(NoPoolingCity, match=r"山东省.*先问清"):
        pooling_city_of("370000")


@pytest.mark.parametrize(
    ("treatment", "scope"),
    [
        ("371000", "within_pooling_area"),
        ("371082", "within_pooling_area"),
        ("370200", "within_province"),
        ("370211", "within_province"),
        ("370000", None),
        ("110000", "cross_province"),
        ("320302", "cross_province"),
        ("460000", "cross_province"),
    ],
)
def test_how_far_a_place_is_for_someone_insured_in_weihai(treatment, scope):
    assert destination_scope(WEIHAI, treatment) == scope


def test_districts_of_one_municipality_are_one_pooling_area():
    assert destination_scope("321084", "321003") == "within_province"  # 高邮 pools for itself
    assert destination_scope("310000", "310115") == "within_pooling_area"


def test_hong_kong_macao_and_taiwan_are_told_apart():
    assert [is_mainland(code) for code in ("810000", "820000", "710000", "440300")] == [False] * 3 + [True]


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("371000", "山东省威海市"),
        ("371082", "山东省威海市荣成市"),
        ("110105", "北京市朝阳区"),
        ("419001", "河南省济源市"),
        ("441900", "广东省东莞市"),
        ("370000", "山东省"),
    ],
)
def test_a_place_is_shown_with_all_it_lies_in(code, shown):
    assert display_name(code) == shown


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("鼓楼区", {"320106", "320302", "350102", "410204"}),
        ("朝阳", {"211300", "110105", "220104"}),
        ("朝阳市", {"211300"}),
        ("青岛", {"370200"}),
        (" 青岛市 ", {"370200"}),
        ("海南", {"460000"}),
        ("海南区", {"150303"}),
        ("海南州", {"632500"}),
        ("吉林", {"220000", "220200"}),
        ("吉林市", {"220200"}),
        ("长沙", {"430100"}),
        ("西安", {"610100"}),
        ("和平", {"120101", "210102", "441624"}),
        ("内蒙", {"150000"}),
        ("魔都", {"310000"}),
        ("文登市", {"371003"}),
        ("江北区", {"330205", "500157"}),
        ("南海新区", {"371000"}),
        ("江苏徐州鼓楼区", {"320302"}),
        ("山东省威海市荣成市", {"371082"}),
        ("闺女家", set()),
        ("", set()),
    ],
)
def test_a_name_gives_every_place_it_can_mean(name, meant):
    assert codes(name) == meant


def test_larger_places_come_first():
    assert [found.level for found in named("吉林")] == ["province", "prefecture"]
    assert named("朝阳")[0].code == "211300"


FOUND = {
    "我是荣成的，想去青岛看病": ["371082", "370200"],
    "山东省威海市荣成市崖头街道": ["371082"],
    "江苏徐州鼓楼区住着": ["320302"],
    "老人在鼓楼区": ["320106/320302/350102/410204"],
    "北京朝阳那边": ["110105"],
    "威海市环翠区医保局": ["371002"],
    "威海市医保局": ["371000"],
    "威海市区有家医院": ["371000"],
    "住在威海街上": ["371000"],
    "威海市环翠区域内": ["371002"],
    "山东大学齐鲁医院": ["370000"],
    "北京大学深圳医院": ["110000", "440300"],
    "上海中山医院和瑞金医院": ["310000"],
    "上海南京西路那家医院": ["310000"],
    "深圳南山": ["440305"],
    "天津和平": ["120101"],
    "阳泉市城区": ["140302"],
    "西安新城区": ["610102"],
    "济南市中区和济南市中心医院": ["370103", "370100"],
    "青岛市南区": ["370202"],
    "青岛市市北区": ["370203"],
    "去魔都做手术": ["310000"],
    "经区的医院和高区的医院": ["371000", "371000"],
    "石岛人": ["371082"],
    "从江苏回来": ["320000"],
    "刚从外地回来安徽老家": ["340000"],
    "其中山东的最多": ["370000"],
    "我和龙口的亲戚": ["370681"],
    "老家长春的": ["220100"],
    "从威海到大连坐船": ["371000", "210200"],
    "延边州延吉市": ["222401"],
    "新疆兵团石河子": ["659001"],
    "内蒙古呼和浩特": ["150100"],
    "广西壮族自治区桂林市": ["450300"],
    "吉林省吉林市船营区": ["220204"],
    "河南济源": ["419001"],
    "海南三亚过冬": ["460200"],
    "东莞市长安镇": ["441900"],
    "南京镇江都行": ["320100", "321100"],
    "山东 威海 文登": ["371003"],
    "重庆江北": ["500157"],
    "昆山东边": ["320583"],
    "曹县": ["371721"],
    "去北京路上晕倒了": ["110000"],
    "退休后在浦东新区带孙子": ["310115"],
    "不定期去上海复诊": ["310000"],
    "回东营养老": ["370500"],
    "在太原因病住院": ["140100"],
    "香港看病能报吗": ["810000"],
    "海南藏族自治州共和县": ["632521"],
}


@pytest.mark.parametrize(("sentence", "expected"), FOUND.items())
def test_places_in_a_sentence_are_found(sentence, expected):
    assert mentions(sentence) == expected


NOT_A_PLACE = """长期住在闺女家|平安到达|我们合作医疗|东方医院|医保定点医院|参保定点药店|指定结算医院|约定结算时间
延长治疗时间|要治多长治疗才行|今天门诊|五天门诊费|每周口服两次|其中卫生材料费|办理县外就医|医疗费县里报吗
和平时一样|比如说住院|大方一点|上高速出的车祸|从化疗那天算起|北京路12号|青岛中路|广州路口|中山东路上
云南白药|长春新碱|哈密瓜过敏|普洱茶|大理石|北京时间八点|高密度脂蛋白|最新余额|非常熟悉|住房山墙
城区医院|郊区|矿区|新城区|普通门诊|安全|异地|转院|大病|大同小异|已经区分清楚|第三方城市|世界首富
身体安康|日照时间短|每日照射一次|孙中山|王秀英|温泉疗养|高明的大夫|惠民保|人民医院|内科|阿里健康|来宾登记
没有资源|延安路|解放军总医院|南方人|友好协商|共和国|前进街|安定下来|通道堵了|振兴老家|公安局|城关""".replace("\n", "|").split("|")


@pytest.mark.parametrize("sentence", NOT_A_PLACE)
def test_ordinary_words_are_not_taken_for_places(sentence):
    assert mentions(sentence) == []


def test_a_mention_says_where_it_stands():
    sentence = "我妈在江苏省徐州市，我在威海"
    assert [sentence[found.start : found.end] for found in find_in(sentence)] == ["江苏省徐州市", "威海"]
    assert find_in("人在威海")[0].end == 4
    assert [found.text for found in find_in(sentence)] == ["江苏省徐州市", "威海"]


def test_every_name_given_out_is_found_when_it_stands_alone():
    for name, meant in all_names():
        assert {found.code for mention in find_in(name) for found in mention.regions} >= set(meant), name


def test_every_full_name_but_the_ordinary_ones_is_given_out():
    missing = {found.name for found in all_regions()} - dict(all_names()).keys()
    assert missing == {"城区", "郊区", "矿区", "东区", "西区", "新城区", "老城区", "古城区", "新市区"}


def test_a_sentence_is_read_in_half_a_millisecond():
    sentence = "我是山东省威海市荣成市的职工医保，跟闺女长期住在江苏徐州鼓楼区，想去北京大学深圳医院看门诊，要不要重新备案才能报销呢"
    find_in(sentence)
    assert min(timeit.repeat(lambda: find_in(sentence), number=20, repeat=5)) / 20 < 0.0005
