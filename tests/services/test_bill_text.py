"""Bills and settlement sheets pasted into the chat, and questions that are neither."""

from __future__ import annotations

import pytest

from services.bill_rows import BillUnreadable
from services.bill_sheet import looks_like_sheet, read_sheet
from services.bill_text import looks_like_bill, read_pasted


def rows(text: str) -> list[tuple[str, str, str | None, str | None]]:
    return [
        (row.name, str(row.amount), row.catalogue_class, None if row.class_b_rate is None else str(row.class_b_rate))
        for row in read_pasted(text).rows
    ]


@pytest.mark.parametrize("line", [
    "CT平扫 300 乙类 5%", "CT平扫\t300.00\t乙类\t5%", "CT平扫：300元 乙类 5%", "CT平扫300元乙类5%", "1. CT平扫 300 乙类 自付5%", "3 CT平扫 300 乙 5",
    "ＣＴ平扫　３００元　乙类　５％", "CT平扫，300，乙类，5%", "CT平扫,300,乙类,5%", "CT平扫 ￥300 乙类先行自付5%", "- CT平扫 三百元 乙类 5%",
    "CT平扫 150 2 300 乙类 5%", "CT平扫 150.00 2 次 300.00 乙类 5%", "CT平扫 乙类 300 5%",
])
def test_an_item_is_read_however_the_line_is_written(line):
    assert rows(line) == [("CT平扫", "300.00", "B", "0.05")]


@pytest.mark.parametrize(("line", "row"), [
    ("床位费：1200.00元 甲类", ("床位费", "1200.00", "A", None)), ("0.9%氯化钠注射液 12.5 甲类", ("0.9%氯化钠注射液", "12.50", "A", None)),
    ("2. 0.9%氯化钠注射液 12.5 甲类", ("0.9%氯化钠注射液", "12.50", "A", None)), ("维生素B12 30 甲类", ("维生素B12", "30.00", "A", None)),
    ("进口钢板 8,000 自费", ("进口钢板", "8000.00", "none", None)), ("自费药 500", ("自费药", "500.00", "none", None)),
    ("床位费1200", ("床位费", "1200.00", None, None)), ("阿莫西林胶囊 0.25g*24 2 盒 35.60元", None),
])
def test_names_with_figures_in_them_stay_whole(line, row):
    if row is None:
        with pytest.raises(BillUnreadable):
            read_pasted("你好")
        assert rows(line)[0][1] == "35.60"
    else:
        assert rows(line) == [row]


@pytest.mark.parametrize(("line", "said"), [
    ("床位 7 350", "分不清哪个是金额"), ("床位费,1,200.00元", "分不清"), ("检查费 12.345", "小数多于2位"), ("护理费 200000000", "超过1亿元"),
    ("CT平扫 300 甲类 10%", "对不上"), ("退 护理费 -5", "前面没有收过"), ("编号A12", "认不出项目和金额"),
])
def test_a_line_that_cannot_be_told_is_a_fault_and_the_others_are_kept(line, said):
    bill = read_pasted(f"CT平扫 300 乙类 5%\n{line}")
    assert [(fault.line, said in fault.message) for fault in bill.faults] == [(2, True)]
    assert str(bill.sums["total_amount"]) == "300.00"


def test_a_total_below_the_items_is_compared():
    assert not read_pasted("CT平扫 300\n床位费 50\n合计：350元").faults
    assert "400元" in read_pasted("CT平扫 300\n床位费 50\n合计 400").faults[0].message


def test_a_table_copied_with_its_heading_is_read_by_it():
    assert rows("项目名称\t单价\t数量\t金额\t类别\nCT平扫\t150\t2\t300\t甲类\n床位费\t50\t1\t50\t自费") == [
        ("CT平扫", "300.00", "A", None), ("床位费", "50.00", "none", None),
    ]


def test_a_text_without_items_is_refused_with_an_example():
    with pytest.raises(BillUnreadable, match="CT平扫 300 乙类 5%"):
        read_pasted("这是我的账单")


@pytest.mark.parametrize("text", [
    "CT平扫 300 乙类 5%\n床位费 1200 甲类", "CT平扫 300 乙类 5%；床位费 1200 甲类", "项目名称\t金额\nCT平扫\t300", "帮我看看：\nCT平扫 300\n床位费 1200",
    "西药费：3000.00\n检查费：2000.00\n总费用：5000.00",
])
def test_a_bill_is_known_for_one(text):
    assert looks_like_bill(text)


@pytest.mark.parametrize("text", [
    "", "两万五能报多少", "我妈65岁\n住院花了25000\n能报多少", "去上海看病要备案吗？\n威海的", "张三\n13800000000\n371002199001011237", "CT平扫 300 乙类 5%",
    "总费用 25000\n自费 2000\n乙类自付 800", "项目，费用", "威海 居民二档 三级 3万 报多少", "第一，怎么备案\n第二，报多少", "2026年9月10日\n2026年9月20日",
    "费用, 项目\n怎么算？", "总额31450\n单子上统筹基金支付8000", "住院一次，一万四；第二次，九千", "居民二档，三级，总费用2万4\n只要个数字，36000",
    "先行自付一栏是1,875\n超限价的600",
])
def test_what_is_said_is_not_taken_for_a_bill(text):
    assert not looks_like_bill(text)


def test_a_settlement_sheet_is_read_by_its_usual_labels():
    sums, faults = read_sheet(
        "医疗费总额：25,000.00元\n全自费金额：2000元\n乙类先行自付（元）：800\n符合政策范围金额 22200\n异地先行自付 2220\n起付标准 800\n"
        "按比例自付 3836\n统筹基金支付 15344.00\n大病保险支付 0\n个人账户支付 500\n个人负担 9656\n现金支付 9156"
    )
    assert {name: str(amount) for name, amount in sums.items()} == {
        "total_amount": "25000.00", "non_covered_amount": "2000.00", "class_b_upfront_amount": "800.00", "in_scope_amount": "22200.00",
        "out_of_area_upfront_amount": "2220.00", "deductible": "800.00", "coinsurance_amount": "3836.00",
        "pooled_fund_amount": "15344.00", "critical_illness_amount": "0.00", "patient_total_amount": "9656.00",
    }
    assert not faults


@pytest.mark.parametrize(("text", "told"), [
    ("总费用 25000 自费 2000 乙类自付 800", {"total_amount": 25000, "non_covered_amount": 2000, "class_b_upfront_amount": 800}),
    ("一共25000，自费2000，起付线800", {"total_amount": 25000, "non_covered_amount": 2000, "deductible": 800}),
    ("总费用两万五自费三千能报多少", {"total_amount": 25000, "non_covered_amount": 3000}),
    ("一共花了2w5，自费大概三千二", {"total_amount": 25000, "non_covered_amount": 3200}),
    ("费用总额25000.00 医保支付15000 现金支付10000", {"total_amount": 25000, "pooled_fund_amount": 15000, "patient_total_amount": 10000}),
    ("总费用\t自费\t乙类自付\n25000\t2000\t800", {"total_amount": 25000, "non_covered_amount": 2000, "class_b_upfront_amount": 800}),
    ("总费用\n25000\n自费\n2000", {"total_amount": 25000, "non_covered_amount": 2000}),
    ("个人自付 300，总费用 25000，个人自费 200", {"total_amount": 25000, "non_covered_amount": 200}),
    ("总额19870，自费5k，乙类先付860", {"total_amount": 19870, "non_covered_amount": 5000, "class_b_upfront_amount": 860}),
    ("总额19870，自费0，乙类860", {"total_amount": 19870, "non_covered_amount": 0, "class_b_upfront_amount": 860}),
    ("总费用28000其中乙类有一万多，自费500", {"total_amount": 28000, "non_covered_amount": 500}),
    ("总费用1.2万 政策范围内9500", {"total_amount": 12000, "in_scope_amount": 9500}),
])
def test_sums_are_read_as_they_are_said(text, told):
    assert looks_like_sheet(text)
    assert read_sheet(text) == (told, [])


@pytest.mark.parametrize("text", [
    "两万五能报多少", "自费三千能报吗", "三级医院起付线800，报销比例80%吗", "总费用2023年是多少，自费80%", "一共住了15天，花了3次", "什么是自费和起付线",
    "统筹支付85%，大病支付60%", "", "总费用是多少 自费是多少",
])
def test_a_question_is_not_taken_for_a_sheet(text):
    assert not looks_like_sheet(text)


@pytest.mark.parametrize(("text", "said"), [
    ("总费用 2500 自费 3000", "比总费用（2,500元）还多"), ("总费用 25000 总费用 26000 自费 1", "「总费用」有两个数"),
    ("总费用 25000 自费 2000.555", "小数多于2位"), ("总费用 25000 自费 -5", "「自费」是负数"),
    ("总费用 25000 自费 2000 乙类自付 800 符合范围金额 22000", "22,200元"), ("总费用 25000 统筹支付 20000 个人负担 9000", "29,000元"),
])
def test_sums_that_contradict_each_other_are_faults(text, said):
    _, faults = read_sheet(text)
    assert len(faults) == 1 and said in faults[0].message and "请" in faults[0].message
