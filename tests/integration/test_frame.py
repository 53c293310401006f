"""The frame around every page: headers, errors, language, static files, health."""

import re
import threading
from pathlib import Path

import pytest
from flask import Flask

from school_safety.factory import create_app
from tests.client import Client
from tests.conftest import settings_for


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
    app.test_client().get("/healthz")
    counted = app.test_client().get("/metrics")
    assert counted.status_code == 200
    assert 'http_requests_total{endpoint="home.healthz",status="200"}' in counted.text
    assert app.test_client().get("/metrics", environ_base=outside).status_code == 404


def test_the_style_sheet_is_one_compressed_file_kept_for_a_year(client: Client) -> None:
    page = client.get("/khong-co").text
    start = page.index("/static/css/site.css?v=")
    address = page[start : page.index('"', start)]
    answer = client.browser.get(address, headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "immutable" in answer.headers["Cache-Control"]
    assert client.browser.get(address, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_the_player_s_modules_share_one_version_and_another_version_s_address_is_not_kept(client: Client) -> None:
    page = client.get("/rescue").text
    named = re.search(r'data-modules="([^"]+)"', page)
    assert named is not None
    addresses = named[1].split()
    assert len({address.rpartition("/")[0] for address in addresses}) == 1
    for address in addresses:
        answer = client.browser.get(address)
        assert answer.status_code == 200 and "immutable" in answer.headers["Cache-Control"], address
    other = re.sub("@[0-9a-f]+/", "@000000000000/", addresses[0])
    assert client.browser.get(other).headers["Cache-Control"] == "no-cache"
    worker = client.browser.get("/worker.js")
    assert worker.mimetype == "text/javascript" and worker.headers["Cache-Control"] == "no-cache"


def test_static_files_cannot_be_walked_out_of(client: Client) -> None:
    for name in ("../factory.py", "%2e%2e/factory.py", "css/../../factory.py", "js/player@0/../../../factory.py"):
        assert client.browser.get(f"/static/{name}").status_code == 404


@pytest.mark.parametrize("name", ["endpoint", "_anchor", "_method", "_scheme", "_external", "self"])
def test_the_language_links_repeat_the_question_whatever_its_words_are(client: Client, name: str) -> None:
    answer = client.get(f"/sign-in?{name}=javascript&x=1&x=2&lang=vi")
    assert answer.status_code == 200
    assert f'href="/sign-in?{name}=javascript&amp;x=1&amp;x=2&amp;lang=en"' in answer.text


@pytest.mark.parametrize("address", ["/account/sessions/{}/end", "/class-groups/{}", "/plans/{}", "/deliveries/{}"])
def test_a_number_that_no_row_can_have_is_no_address(app: Flask, address: str) -> None:
    addresses = app.url_map.bind("localhost")
    method = "POST" if "sessions" in address else "GET"
    assert addresses.test(address.format(2**31 - 1), method)
    assert not addresses.test(address.format(2**31), method)


def test_a_value_that_no_column_can_hold_is_the_senders_mistake(client: Client) -> None:
    with client.app.test_request_context("/"):
        answer = client.app.make_response(client.app.handle_user_exception(OverflowError("too large for a column")))
    assert answer.status_code == 400


def test_loading_the_application_opens_no_database_and_starts_no_thread(tmp_path: Path) -> None:
    threads = threading.active_count()
    app = create_app(settings_for(f"sqlite:///{tmp_path / 'province.db'}", tmp_path))
    database = app.extensions["database"]
    engines = (database.write_engine, database.read_engine)
    assert [engine.pool.checkedin() + engine.pool.checkedout() for engine in engines] == [0, 0]
    assert not (tmp_path / "province.db").exists(), "workers are forked from it"
    assert threading.active_count() == threads
