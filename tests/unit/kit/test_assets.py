"""Addresses of static files: cheap on every page, other ones as soon as a file is another."""

from pathlib import Path

import pytest

from school_safety.kit import assets


def test_addresses_are_looked_up_once_a_second_and_a_changed_file_soon_gets_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Given a page whose addresses were asked for in this second
    now = [100.0]
    monkeypatch.setattr(assets, "STATIC", tmp_path)
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    player = tmp_path / "js" / "player"
    player.mkdir(parents=True)
    for path in (player / "main.js", tmp_path / "js" / "page.js"):
        path.write_text("one")

    def told() -> list[str]:
        return [
            assets.static_url("js/player/main.js"),
            assets.bundle_urls("js/player"),
            assets.static_url("js/page.js"),
        ]

    before = told()
    # When files change
    (player / "seal.js").write_text("new")
    (tmp_path / "js" / "page.js").write_text("another")
    # Then this second's pages look at no file again, and the next second's name the new ones
    assert told() == before
    now[0] += 1
    assert all(old != new for old, new in zip(before, told(), strict=True))
    assert "seal.js" in told()[1]
