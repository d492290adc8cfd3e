import pytest

from services import masking


@pytest.mark.parametrize(
    ("mask", "value", "shown"),
    [
        (masking.mask_name, "张三", "张*"),
        (masking.mask_name, "欧阳测试", "欧***"),
        (masking.mask_id_number, "371002199001011237", "371***********1237"),
        (masking.mask_phone, "13812345678", "138****5678"),
        (masking.mask_phone, "0631-5231234", "0631****234"),
        (masking.mask_address, "山东省青岛市市南区香港中路1号", "山东省青岛市***"),
        (masking.mask_address, "北京市朝阳区望京街1号", "北京市***"),
        (masking.mask_address, "新疆伊犁哈萨克自治州伊宁市解放路1号", "新疆伊犁哈萨克自治州***"),
        (masking.mask_address, "上海浦东新区世纪大道1号", "***"),
        (masking.mask_address, "望海路菜市街3号", "***"),
    ],
)
def test_a_masked_value_shows_only_what_tells_it_apart(mask, value, shown):
    assert mask(value) == shown
