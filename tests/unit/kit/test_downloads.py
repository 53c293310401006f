"""The name of a download reaches the browser whole, in a header that a server accepts."""

import pytest

from school_safety.kit.web import attachment


@pytest.mark.parametrize(
    ("name", "plain", "whole"),
    [
        pytest.param("Sách lớp.xlsx", "Sach lop.xlsx", "S%C3%A1ch%20l%E1%BB%9Bp.xlsx", id="Vietnamese"),
        pytest.param("Đo.csv", "Do.csv", "%C4%90o.csv", id="crossed d"),
        pytest.param('a"b\r\nc;d.pdf', "abcd.pdf", "a%22b%0D%0Ac%3Bd.pdf", id="what breaks a header"),
    ],
)
def test_a_file_name_is_plain_for_old_clients_and_whole_for_others(name: str, plain: str, whole: str) -> None:
    assert attachment(name) == f"attachment; filename=\"{plain}\"; filename*=UTF-8''{whole}"
    assert attachment(name).isascii()
