"""A .csv is read in the encoding it was saved in, or its sender is told how to save it."""

import pytest

from fengtai.workbooks.encodings import decoded
from fengtai.workbooks.errors import WorkbookError

MAINLAND = "单位名称,地址\n示例轨道科技有限公司,北京市丰台区\n"
TAIWAN = "單位名稱,地址\n示例科技有限公司,臺北市中正區\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (MAINLAND, "utf-8"),
        (MAINLAND, "utf-8-sig"),
        (MAINLAND, "utf-16"),
        (MAINLAND, "gb18030"),
        ("名称,数值\n甲,1\n", "gb18030"),
        ("企业\n鑫淼犇科技\n", "gb18030"),  # rare characters
        (TAIWAN, "gb18030"),  # traditional ones, saved in Beijing
        (TAIWAN, "big5"),
        ("名稱,數值\n甲,1\n", "big5"),
        ("名称\r\n“示例”·①②③℃\r\n", "gb18030"),
        ("name,value\na,1\n", "ascii"),
    ],
)
def test_a_text_is_read_in_its_own_encoding(text, encoding):
    assert decoded(text.encode(encoding)).removeprefix("\ufeff") == text


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("名称,数值\n甲,1\n".encode("utf-16-le"), "utf16"),
        (b"a,b\n1,\x002\n", "nul"),
        (b"a,b\n1,\xff\xfe\xff2\n", "encoding"),
        (MAINLAND.encode("utf-16") + b"x", "encoding"),
        ("名稱,ㄅㄆㄇㄈㄉㄊㄋㄌ\n".encode("big5"), "encoding_unsure"),
    ],
)
def test_what_cannot_be_told_is_not_guessed(content, code):
    with pytest.raises(WorkbookError) as refused:
        decoded(content)
    assert refused.value.code == code
