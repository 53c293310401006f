"""The sprite of a page holds each drawing it uses once, and nothing else."""

import pytest
from flask import Flask

from school_safety.kit.icons import drawings, icon, mark, sprite, texture


def test_a_page_carries_each_drawing_once_and_only_those_it_used() -> None:
    with Flask(__name__).app_context():
        assert sprite() == ""
        assert 'href="#i-bell"' in icon("bell")
        icon("bell")
        assert 'class="mark"' in mark("met")
        assert texture("g1") == ""
        held = sprite()
    assert held.count('id="i-bell"') == 1
    assert held.count('id="m-met"') == 1
    assert held.count("<pattern") == 1
    assert 'id="i-home"' not in held


def test_an_unknown_icon_is_a_mistake_said_aloud() -> None:
    with Flask(__name__).app_context(), pytest.raises(LookupError, match="i-unicorn"):
        icon("unicorn")


def test_every_drawing_has_its_own_name_and_no_style() -> None:
    assert len(drawings()) > 40
    assert not any("style=" in drawing or "<script" in drawing for drawing in drawings().values())
