"""Hospitals, streets and districts leave a text; cities, and words that only look like places, stay."""

from __future__ import annotations

import time

import pytest

from services.place_masking import mask_places

MASKED = {
    "我妈在烟台毓璜顶医院住院，能报吗": "我妈在烟台〔医院〕住院，能报吗",
    "我妈住在北京协和医院": "我妈住在北京〔医院〕",
    "转到山东省立医院了": "转到山东省〔医院〕了",
    "解放军301医院": "〔医院〕",
    "威海市立医院转到齐鲁医院": "威海市〔医院〕转到〔医院〕",
    "在华西做的手术": "在〔医院〕做的手术",
    "北京大学第三医院海淀院区": "北京〔医院〕",
    "来宾市人民医院": "来宾市〔医院〕",
    "我住环翠区海滨路12号，高邮医保": "我住威海市〔区县〕〔地点〕，高邮医保",
    "我家在章丘区枣园街道": "我家在济南市〔区县〕〔地点〕",
    "我是沛县的，去南京看病": "我是徐州市〔区县〕的，去南京看病",
    "住在张家村": "住在〔地点〕",
    "到杭州看病，住西湖区文三路478号华星时代广场": "到杭州看病，住〔区县〕〔地点〕〔地点〕",
}
KEPT = (
    "三级医院起付线多少", "在医院直接刷卡结算", "省内跨市看病，在医院直接刷卡结算", "哪些医院能直接结算", "别的医院行吗",
    "去上海的三甲医院看病要备案吗", "社区医院能报吗", "去乡镇卫生院", "另一家医院", "他在市里的医院", "定点医院", "走路去医院",
    "我在威海参保，去烟台看病要不要备案", "高邮医保，去南京看门诊能直接刷卡吗", "农村合作医疗去北京看病", "城乡居民医保",
    "路上出车祸了", "回老家看病", "一路上花了不少", "网上办", "心里没底", "杭州的文件没写", "",
)


@pytest.mark.parametrize(("said", "shown"), MASKED.items(), ids=list(MASKED))
def test_where_someone_lives_or_lies_ill_is_taken_out(said, shown):
    assert mask_places(said) == shown


@pytest.mark.parametrize("said", KEPT)
def test_cities_and_kinds_of_hospitals_stay(said):
    assert mask_places(said) == said


def test_masking_again_changes_nothing():
    for shown in MASKED.values():
        assert mask_places(shown) == shown


@pytest.mark.parametrize("text", ["医" * 2000, "村" * 2000, "在" * 2000, "家" * 1999 + "路", "一二三" * 666, "北京" * 1000])
def test_the_longest_message_is_masked_in_a_moment(text):
    mask_places("北京")  # the names are read once
    begun = time.perf_counter()
    mask_places(text)
    assert time.perf_counter() - begun < 1
