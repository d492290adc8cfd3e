"""The agency's files: everything that was chosen, as text, noted who took it, whole or not there."""

from __future__ import annotations

import csv
import json
from datetime import date, timedelta

import pytest
from filing_office import HANGZHOU, OFFICER, PERSON, URUMQI, another_person, policy
from openpyxl import load_workbook

from services.export_files import export_file
from services.filing_export import COLUMNS, Chosen, FilingExport


def export(office, path, **chosen):
    exported = FilingExport(office.store, office.clock, policy())
    with export_file(path, COLUMNS) as add:
        for _, rows in exported.batches(Chosen(**chosen), "导出员"):
            for row in rows:
                add(row)
    return path


def three_filings(office) -> list[str]:
    numbers = [office.submitted("c1")]
    office.clock.at += timedelta(days=1)
    numbers.append(office.file("referral", HANGZHOU, "c2", **another_person(1)))
    office.clock.at += timedelta(days=1)
    numbers.append(office.file("emergency_registration", URUMQI, "c3", **another_person(2)))
    return numbers


def read(path):
    if path.suffix == ".csv":
        return list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    if path.suffix == ".json":
        return json.loads(path.read_text(encoding="utf-8"))
    head, *rows = load_workbook(path).active.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


@pytest.mark.parametrize("ending", [".csv", ".json", ".xlsx"])
def test_every_format_holds_every_filing_with_its_particulars(office, ending):
    numbers = three_filings(office)
    rows = {row["备案号"]: row for row in read(export(office, office.folder / f"x{ending}"))}
    assert sorted(rows) == sorted(numbers)
    first = rows[numbers[0]]
    assert [first[title] for title in ("姓名", "身份证号码", "联系电话")] == [PERSON[n] for n in ("name", "id_number", "phone")]
    assert (first["参保地"], first["去往的城市"], first["状态"]) == ("山东省威海市", "山东省青岛市", "已提交，等待经办机构确认")
    assert rows[numbers[1]]["材料份数"] == "1"
    assert (office.folder / f"x{ending}").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("chosen", "which"),
    [
        ({"regions": frozenset({HANGZHOU, URUMQI})}, [1, 2]), ({"status": "confirmed"}, []), ({"status": "submitted"}, [0, 1, 2]),
        ({"since": date(2026, 11, 23)}, [1, 2]), ({"until": date(2026, 11, 23)}, [0, 1]),
        ({"since": date(2026, 11, 23), "until": date(2026, 11, 23)}, [1]),
    ],
)
def test_only_what_was_chosen_is_taken_and_only_that_is_logged(office, chosen, which):
    numbers = three_filings(office)
    rows = read(export(office, office.folder / "x.json", **chosen))
    assert sorted(row["备案号"] for row in rows) == sorted(numbers[n] for n in which)
    logged = [no for no in numbers if [e.actor for e in office.desk.audit(OFFICER, no)] == ["导出员"]]
    assert logged == [numbers[n] for n in which]


def test_an_address_that_looks_like_a_formula_stays_text(office):
    office.submitted("c1", address="=cmd|'北京市朝阳区望京街1号")
    assert read(export(office, office.folder / "x.csv"))[0]["通讯地址"].startswith("'=cmd")
    cell = next(c for row in load_workbook(export(office, office.folder / "x.xlsx")).active for c in row if str(c.value).startswith("=cmd"))
    assert cell.data_type == "s"


def test_nothing_is_left_of_an_export_that_broke_off(office):
    three_filings(office)
    path = office.folder / "x.csv"
    with pytest.raises(RuntimeError), export_file(path, COLUMNS) as add:
        add(["x"] * len(COLUMNS))
        raise RuntimeError
    assert not list(office.folder.glob("*x.csv*"))


def test_an_empty_store_gives_a_file_without_filings(office):
    assert [read(export(office, office.folder / f"x{e}")) for e in (".csv", ".json", ".xlsx")] == [[], [], []]


def test_an_erased_filing_is_exported_without_particulars(office):
    number = office.file("long_term_residence", HANGZHOU)
    office.course.request_end("c1", number)
    office.desk.decide_end(OFFICER, number, True, "已核对", 3, "key-end-0001")
    office.clock.at += timedelta(days=10)
    office.erasure.purge_filings(office.clock.at)
    [row] = read(export(office, office.folder / "x.json"))
    assert row["备案号"] == number and not {"姓名", "身份证号码"} & row.keys()
    assert office.desk.audit(OFFICER, number) == ()
