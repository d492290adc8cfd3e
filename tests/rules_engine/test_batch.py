"""A file of bills on the command line: settled as one by one, what cannot be is told by line, nothing is lost."""

import csv
from collections import defaultdict
from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from real_packs import PACKS

from rules_engine import batch_files
from rules_engine.__main__ import main
from rules_engine.batch_results import RESULTS
from rules_engine.bills import bill_of
from rules_engine.cost import settle
from rules_engine.cost_cases import decided, facts_of, terms_of
from rules_engine.schedules import COMPONENTS

pytestmark = pytest.mark.slow

HEADER = "bill_no,insured_region,treatment_region,situation,has_valid_filing,scheme,employment,benefit_tier,hospital_level,stay_in_year,admitted_on,total_amount,non_covered_amount,class_b_upfront_amount"
HANGZHOU = "杭州,上海,自行外出,否,职工医保,在职,,三级医院,1,2026-03-10"
WEIHAI = "371000,110000,temporary_care,false,resident,,tier_two,tertiary,1,2026-03-10"
GOOD = f"A1,{HANGZHOU},25000,2000,300.55"


@pytest.fixture
def settled(tmp_path, capsys):
    """Settles a file of these lines; gives exit code, rows of the result, its errors by line, and what was said."""

    def run(*lines, header=HEADER, encoding="utf-8", options=(), newline="\n"):
        bills, out = tmp_path / "bills.csv", tmp_path / "out.csv"
        bills.write_bytes(newline.join((*([header] if header else []), *lines)).encode(encoding))
        code = main(["settle", str(bills), "--out", str(out), *options], today=lambda: date(2026, 11, 22), read_packs=lambda folder: PACKS)
        told, complained = capsys.readouterr()
        problems = {int(row["line"]): row["problem"] for row in rows_of(out.with_suffix(".errors.csv"))}
        return code, rows_of(out), problems, told + complained

    return run


def rows_of(path):
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [{name.replace("行号", "line").replace("问题", "problem"): text for name, text in row.items()} for row in csv.DictReader(file)]


def test_each_component_is_told_with_its_sources(settled):
    code, (row,), problems, told = settled(GOOD)
    assert (code, problems) == (0, {})
    assert (row["line"], row["bill_no"], row["total_amount"]) == ("2", "A1", "25000.00")
    assert (row["out_of_area_upfront_amount"], row["deductible"]) == ("4539.89", "800.00")
    assert (row["patient_amount"], row["fund_amount"], row["at_least"]) == ("10765.16", "14234.84", "")
    assert "杭州2023年6月分册" in row["sources"]
    assert "结算了1张账单" in told
    assert "统筹基金支付：14,234.84元" in told


def test_bills_of_many_cases_come_out_as_one_by_one(settled):
    random, cases = np.random.default_rng(11), []
    for insured, rest in (("杭州", "职工医保,在职,"), ("威海", "居民医保,,一档"), ("威海", "居民医保,,二档"), ("高邮", "职工医保,退休,")):
        for filed, level, stay in (("是", "三级医院", 1), ("否", "二级医院", 2), ("是", "三级医院", 3)):
            cases.append(f"{insured},上海,转诊,{filed},{rest},{level},{stay},2026-03-10")
    lines = []
    for number in range(2000):
        total = int(10 ** random.uniform(2, 8.5))
        sums = (total, int(total * random.choice((0, 0.2))), int(total * random.choice((0, 0.1))))
        lines.append(",".join([str(number), cases[random.integers(len(cases))], *(f"{cents // 100}.{cents % 100:02}" for cents in sums)]))
    code, rows, problems, _ = settled(*lines)
    assert (code, problems, len(rows)) == (0, {}, 2000)
    terms = {}
    names = HEADER.split(",")
    for line, row in zip(lines, rows, strict=True):
        told = dict(zip(names, line.split(","), strict=True))
        key = tuple(told[name] for name in names[1:10])
        if key not in terms:
            case = decided(facts_of({name: told[name] for name in names[1:10] if told[name]}, PACKS), date(2026, 3, 10), PACKS)
            terms[key] = terms_of(case, case.facts.hospital_level, PACKS)
        found = terms[key]
        one = settle(bill_of({name: told[name] for name in names[-3:]}).bill, found.low)
        assert row["bill_no"] == told["bill_no"]
        assert [Decimal(row[name]) for name in RESULTS] == [*(one.amount(name) for name in RESULTS[:8]), one.patient_amount, one.fund_amount]
        assert bool(row["at_least"]) == bool(found.missing)


def test_sums_of_the_summary_are_those_of_the_rows(settled):
    _, rows, _, told = settled(*(f"{n},{WEIHAI},{n * 1234.5:.2f},0,0" for n in range(1, 300)))
    sums = defaultdict(Decimal)
    for row in rows:
        assert sum(Decimal(row[name]) for name in RESULTS[:8]) == Decimal(row["total_amount"])
        for name in RESULTS:
            sums[name] += Decimal(row[name])
    assert f"自己付：{sums['patient_amount']:,}元" in told
    assert f"大病保险支付：{sums['critical_illness_amount']:,}元" in told
    assert sums["critical_illness_amount"] > 0


def test_chinese_headers_give_chinese_headers_in_any_order_and_others_are_named(settled):
    code, (row,), _, told = settled(
        "25000,三级医院,杭州,上海,否,职工医保,在职,2026/3/10,王", header="总费用,医院等级,参保地,就医地,有没有有效的备案,职工还是居民医保,在职还是退休,入院日期,姓名",
    )
    assert code == 0
    assert (row["总费用"], row["自己付"], row["异地先行自付"]) == ("25000.00", "9256.00", "5000.00")
    assert "没有说自费和乙类自付，先按0算" in row["说明"]
    assert "没有用到的列：姓名" in told


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_of_spreadsheets_are_read(settled, encoding, newline):
    code, rows, problems, _ = settled(GOOD, "", f"A2,{WEIHAI},abc,0,0", GOOD, encoding=encoding, newline=newline)
    assert (code, [row["line"] for row in rows], list(problems)) == (0, ["2", "5"], [4])


def test_quoted_cells_and_line_breaks_in_them_keep_the_line_numbers(settled):
    _, rows, problems, _ = settled(f'"A,\n1",{HANGZHOU},"25000",0,0', f"A2,{HANGZHOU},-1,0,0", f'A3,{HANGZHOU},"25,000",0,0', GOOD)
    assert [(row["line"], row["bill_no"]) for row in rows] == [("2", "A,\n1"), ("6", "A1")]
    assert list(problems) == [4, 5]
    assert "「总费用」写的是「25,000」，不是数字" in problems[5]


@pytest.mark.parametrize("size", [40, 200, 1000])
def test_a_file_read_in_many_blocks_is_settled_the_same(settled, monkeypatch, size):
    lines = [f'"q{n}",{HANGZHOU},{n}.5,0,0' if n % 7 == 0 else f"{n},{WEIHAI},{n}.25,0,{'x' if n % 5 == 0 else 0}" for n in range(200)]
    whole = settled(*lines)
    monkeypatch.setattr(batch_files.Rows._texts, "__defaults__", (size,))
    parts = settled(*lines, options=("--force",))
    assert parts[:3] == whole[:3]
    assert len(whole[1]) + len(whole[2]) == 200


@pytest.mark.parametrize(
    ("sums", "problem"),
    [
        ("-5,0,0", "「总费用」是负数（-5）"), ("abc,0,0", "「总费用」写的是「abc」，不是数字"), ("NaN,0,0", "不是数字"),
        ("Infinity,0,0", "不是数字"), ("1e12,0,0", "超过1亿元"), ("1000000000000,0,0", "超过1亿元"),
        ("100.005,0,0", "最多到分"), ("100,0,0.001", "「乙类先行自付」写的是 0.001，最多到分"),
        ("2000,1999,1.01", "加起来比总费用（2,000元）还多"), (",0,0", "还不知道总费用"), ("=1+1,0,0", "不是数字"),
    ],
)
def test_a_bill_that_cannot_be_is_told_by_line_and_the_others_go_on(settled, sums, problem):
    code, rows, problems, told = settled(GOOD, f"A2,{HANGZHOU},{sums}", GOOD)
    assert (code, [row["line"] for row in rows], list(problems)) == (0, ["2", "4"], [3])
    assert problem in problems[3]
    assert "第3行：" in told


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("A2,杭州,上海,自行外出,否,职工医保,,,三级医院,1,2026-03-10,100,0,0", "还不知道在职还是退休（employment）"),
        ("A2,杭州,上海,自行外出,否,职工医保,在职,,,1,2026-03-10,100,0,0", "还不知道医院等级（hospital_level）"),
        ("A2,,上海,自行外出,否,职工医保,在职,,三级医院,1,2026-03-10,100,0,0", "还不知道参保地（insured_region）"),
        ("A2,威海,上海,,,职工医保,,,三级医院,1,2026-03-10,100,0,0", "威海职工医保的起付线和报销比例，我手上没有可靠的公开数字"),
        ("A2,苏州,上海,,,职工医保,,,三级医院,1,2026-03-10,100,0,0", "没有江苏省苏州市的政策包。可以问：全国医保服务热线 12393"),
        ("A2,哪里,上海,,,职工医保,,,三级医院,1,2026-03-10,100,0,0", "没有找到叫「哪里」的地方"),
        ("A2,杭州,上海,旅游,否,职工医保,在职,,三级医院,1,2026-03-10,100,0,0", "不能是「旅游」"),
        ("A2,杭州,上海,自行外出,否,职工医保,在职,,三级医院,1,昨天,100,0,0", "入院日期「昨天」不是日期"),
        ("A2,杭州,上海,自行外出,否,职工医保,在职,,三级医院,1,2010-03-10,100,0,0", "手上的资料从2020年12月9日起才有"),
        ("A2,杭州,上海,自行外出", "这一行有4格，表头有14列"),
        (f"A2,{HANGZHOU},25,000,0,0", "金额里不要写逗号"),
    ],
)
def test_a_case_that_cannot_be_settled_says_what_is_missing(settled, line, problem):
    code, rows, problems, _ = settled(line, GOOD)
    assert (code, [row["line"] for row in rows], list(problems)) == (0, ["3"], [2])
    assert problem in problems[2]


def test_an_amount_that_nobody_printed_makes_it_at_least_and_a_range_has_its_other_end(settled):
    _, (least, between), _, _ = settled(
        "A1,乌鲁木齐,上海,,,居民医保,,,三级医院,1,2026-03-10,20000,0,0", f"A2,{HANGZHOU.replace(',1,', ',2,')},25000,0,0",
    )
    assert (least["at_least"], least["patient_high_amount"]) == ("是", "")
    assert "起付线：没有可靠的公开数字" in least["remarks"]
    assert (between["patient_amount"], between["patient_high_amount"]) == ("8600.00", "9256.00")


def test_what_the_year_has_used_up_counts_bill_by_bill(settled):
    header = f"{HEADER},deductible_met_amount,year_in_scope_amount,year_fund_amount,year_burden_amount"
    _, rows, problems, _ = settled(
        f"1,{WEIHAI},10000,0,0,500,0,0,0", f"2,{WEIHAI},10000,0,0,,39500,,", f"3,{WEIHAI},10000,0,0,,,299000.5,",
        f"4,{WEIHAI},10000,0,0,,,,18000", f"5,{WEIHAI},10000,0,0,-1,,,", header=header,
    )
    assert [row["deductible"] for row in rows[:3]] == ["300.00", "800.00", "800.00"]
    assert rows[2]["pooled_fund_amount"] == "999.50"
    assert rows[3]["critical_illness_amount"] != "0.00"
    assert "「今年已付起付线」是负数" in problems[6]


def test_a_day_is_read_as_spreadsheets_write_it_and_without_one_today_is_named(settled):
    _, rows, _, _ = settled(*(f"A,{HANGZHOU.replace('2026-03-10', day)},100,0,0" for day in ("2026/3/1", "2026年3月1日", "2026.03.01", "")))
    assert len({row["patient_amount"] for row in rows}) == 1
    assert "没有写入院日期，按2026年11月22日的规定算" in rows[3]["remarks"]
    assert "没有写入院日期" not in rows[0]["remarks"]


def test_in_scope_amount_stands_in_for_what_is_not_covered(settled):
    header = HEADER.replace("class_b_upfront_amount", "in_scope_amount")
    _, rows, problems, _ = settled(f"1,{HANGZHOU},25000,,22000", f"2,{HANGZHOU},25000,1000,22000", f"3,{HANGZHOU},25000,,26000", header=header)
    assert [(row["non_covered_amount"], row["class_b_upfront_amount"]) for row in rows] == [("3000.00", "0.00"), ("1000.00", "2000.00")]
    assert "符合政策范围金额（26,000元）比总费用" in problems[4]


@pytest.mark.parametrize("number", ["=1+1", "+86", "-3", "@SUM(A1)", "\t=1"])
def test_no_cell_of_the_input_becomes_a_formula(settled, number):
    _, (row,), problems, _ = settled(f"{number},{HANGZHOU},25000,0,0", f"{number},{HANGZHOU},x,0,0")
    assert row["bill_no"] == "'" + number.strip()
    assert list(problems) == [3]


@pytest.mark.parametrize(
    ("lines", "header", "complaint"),
    [
        ((), "", "是空的。第一行要写列名"), (("", ",,"), "", "是空的"), ((), HEADER, "只有表头，没有账单"),
        (("", ",,,,,,,,,,,,,"), HEADER, "只有表头，没有账单"), (("a,b",), "x,y", "没有「参保地」（insured_region）这一列"),
        (("a,b",), "insured_region,insured_region", "写了两次"), ((f"A,{HANGZHOU},x,0,0",), HEADER, "没有一张账单能结算"),
        ((f'"A,{HANGZHOU},1,0,0',), HEADER, "没有一张账单能结算"),
    ],
)
def test_a_file_with_nothing_to_settle_ends_with_one_and_says_why(settled, lines, header, complaint):
    code, rows, _, told = settled(*lines, header=header)
    assert (code, rows) == (1, [])
    assert complaint in told


@pytest.mark.parametrize("content", ["表".encode("utf-16"), b"PK\x03\x04\xff\xff\x00", b"\xff\xfe\xfd", b"a,b\x00\n1,2"])
def test_a_file_that_is_no_text_is_told_how_to_save_it(tmp_path, capsys, content):
    bills = tmp_path / "bills.csv"
    bills.write_bytes(content)
    assert main(["settle", str(bills), "--out", str(tmp_path / "out.csv")], read_packs=lambda folder: PACKS) == 1
    assert "另存为「CSV UTF-8」" in capsys.readouterr().err


def test_no_such_file_and_no_such_folder_are_told(tmp_path, capsys):
    assert main(["settle", str(tmp_path / "no.csv"), "--out", str(tmp_path / "out.csv")], read_packs=lambda folder: PACKS) == 1
    assert "这个文件。请核对文件名" in capsys.readouterr().err
    assert main(["settle", __file__, "--out", str(tmp_path / "no" / "out.csv")], read_packs=lambda folder: PACKS) == 1
    assert "这个文件夹。请先建好" in capsys.readouterr().err


def test_a_result_is_not_overwritten_unless_told_to_and_never_the_bills(settled, tmp_path, capsys):
    settled(GOOD)
    code, rows, _, told = settled(GOOD, GOOD)
    assert (code, len(rows)) == (1, 1)
    assert "已经有了，没有动它。请换一个文件名，或者加 --force" in told
    code, rows, _, _ = settled(GOOD, GOOD, options=("--force",))
    assert (code, len(rows)) == (0, 2)
    bills = tmp_path / "bills.csv"
    assert main(["settle", str(bills), "--out", str(bills), "--force"], read_packs=lambda folder: PACKS) == 1
    assert "那是账单自己" in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bills.csv", "out.csv"]


def test_errors_of_an_earlier_run_do_not_stay_behind(settled, tmp_path):
    settled(GOOD, f"A2,{HANGZHOU},x,0,0")
    assert (tmp_path / "out.errors.csv").exists()
    settled(GOOD, options=("--force",))
    assert not (tmp_path / "out.errors.csv").exists()


def test_results_cover_every_component():
    assert RESULTS[:6] == COMPONENTS
