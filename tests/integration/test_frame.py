"""The frame around every page: headers, errors, language, static files, health."""

from flask import Flask

from tests.client import Client


def test_every_answer_carries_the_security_headers(client: Client) -> None:
    headers = client.get("/healthz").headers
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe-inline" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_an_unknown_page_is_a_plain_404_with_an_id_in_the_readers_language(client: Client) -> None:
    answer = client.get("/khong-co")
    assert answer.status_code == 404
    assert "Không có trang này" in answer.text
    assert "Mã lỗi" in answer.text


def test_a_form_without_its_token_is_refused(app: Flask) -> None:
    assert app.test_client().post("/sign-in", data={"door": "staff"}).status_code == 400


def test_a_foreign_host_name_is_refused(app: Flask) -> None:
    assert app.test_client().get("/healthz", headers={"Host": "evil.example"}).status_code == 400


def test_readiness_knows_the_migrations(client: Client) -> None:
    assert client.get("/readyz").json == {"status": "ready"}


def test_metrics_are_for_loopback_or_the_token(app: Flask) -> None:
    outside = {"REMOTE_ADDR": "203.0.113.9"}
    assert app.test_client().get("/metrics").status_code == 200
    assert app.test_client().get("/metrics", environ_base=outside).status_code == 404


def test_the_style_sheet_is_one_compressed_file_kept_for_a_year(client: Client) -> None:
    page = client.get("/khong-co").text
    start = page.index("/static/css/site.css?v=")
    address = page[start : page.index('"', start)]
    answer = client.browser.get(address, headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "immutable" in answer.headers["Cache-Control"]
    assert client.browser.get(address, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_static_files_cannot_be_walked_out_of(client: Client) -> None:
    for name in ("../factory.py", "%2e%2e/factory.py", "css/../../factory.py"):
        assert client.browser.get(f"/static/{name}").status_code == 404
