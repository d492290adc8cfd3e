"""A signature is the name or a drawing; a blank, another format or another name is none."""

from __future__ import annotations

import pytest
from filing_office import drawing
from typed_answers import asked

from services.filing_fields import check_signature
from services.filing_records import FieldProblem


@pytest.mark.parametrize("raw", ["张三", "张 三", "我叫张三", drawing(), drawing(background="#00000000")])
def test_a_signature_is_the_name_or_a_drawing(raw):
    assert check_signature(raw, "张三", asked())


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("李四", "signature_not_the_name"),
        ("", "signature_not_the_name"),
        ("同意", "signature_not_the_name"),
        (drawing(strokes=False), "signature_blank"),
        (drawing(strokes=False, background="#00000000"), "signature_blank"),
        (drawing(suffix="JPEG"), "signature_not_png"),
        ("data:image/png;base64,aGVsbG8=", "signature_not_png"),
        ("data:image/png;base64,###", "signature_not_png"),
        ("data:image/svg+xml;base64,aGVsbG8=", "signature_not_png"),
        (drawing()[:200], "signature_not_png"),
        ("data:image/png;base64,签名", "signature_not_png"),
        ("data:image/png;base64," + "A" * 420_000, "signature_too_large"),
        (drawing(size=(2501, 10)), "signature_too_large"),
    ],
)
def test_anything_else_is_no_signature(raw, code):
    with pytest.raises(FieldProblem) as raised:
        check_signature(raw, "张三", asked())
    assert raised.value.code == code
