"""What every page fetched in a test must be: valid HTML, one h1, named fields, unique ids, scripts with the nonce."""

import re

import html5lib
from html5lib.html5parser import ParseError

NAMELESS = {"hidden", "submit", "button", "image", "reset"}


def check_page(html: str, csp: str, where: str) -> None:
    """Raise AssertionError with what is wrong with the page at `where`."""
    try:
        html5lib.HTMLParser(strict=True).parse(html)
    except ParseError as error:
        raise AssertionError(f"{where}: not valid HTML: {error}") from error
    tree = html5lib.parse(html, treebuilder="etree", namespaceHTMLElements=False)
    headings = list(tree.iter("h1"))
    assert len(headings) == 1, f"{where}: {len(headings)} h1, one is needed"
    title = next(tree.iter("title"), None)
    assert title is not None and (title.text or "").strip(), f"{where}: no title"
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    twice = sorted({name for name in ids if ids.count(name) > 1})
    assert not twice, f"{where}: ids used twice: {twice}"
    _check_labels(tree, where)
    assert not re.search(r"\sstyle=", html), f"{where}: a style attribute, which the CSP refuses"
    for script in tree.iter("script"):
        assert script.get("nonce") and f"'nonce-{script.get('nonce')}'" in csp, f"{where}: a script without the nonce"
    for form in tree.iter("form"):
        if (form.get("method") or "get").lower() == "post":
            names = [field.get("name") for field in form.iter("input")]
            assert "csrf_token" in names, f"{where}: a form without its token: {form.get('action')}"


def _check_labels(tree: object, where: str) -> None:
    labelled = {label.get("for") for label in tree.iter("label")}  # type: ignore[attr-defined]  # an ElementTree
    inside = {id(field) for label in tree.iter("label") for field in label.iter()}  # type: ignore[attr-defined]  # as above
    for kind in ("input", "select", "textarea"):
        for field in tree.iter(kind):  # type: ignore[attr-defined]  # as above
            if (field.get("type") or "text") in NAMELESS:
                continue
            named = field.get("id") in labelled or id(field) in inside or field.get("aria-label")
            assert named or field.get("aria-labelledby"), f"{where}: a field without a label: {field.get('name')}"
