"""Templates, compiled once for each language: a text that stands in a template costs nothing when the page is made."""

from collections.abc import MutableMapping
from typing import Any

from flask.templating import Environment as FlaskEnvironment
from flask_babel import get_translations
from jinja2 import nodes
from jinja2.utils import LRUCache
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from school_safety.kit.i18n import LANGUAGES, language

MOST_TEMPLATES = 800


class Environment(FlaskEnvironment):
    """Flask's, with a cache of compiled templates for each language, and globals that are looked up in one place."""

    def __init__(self, app: Any, **options: Any) -> None:
        self._caches = {code: LRUCache(MOST_TEMPLATES) for code in LANGUAGES}
        super().__init__(app, **options)

    @property
    def cache(self) -> Any:
        """The templates compiled for the reader's language."""
        return self._caches[language()]

    @cache.setter
    def cache(self, given: object) -> None:
        """The base makes one cache for all languages, which nobody uses."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The application's own: Jinja's chain of two costs a page as much as its queries."""
        return {**self.globals, **d} if d else self.globals

    def _generate(self, source: nodes.Template, *arguments: Any, **options: Any) -> str:
        return super()._generate(_Said().visit(source), *arguments, **options)


class _Said(NodeTransformer):
    """Puts the reader's words in place of `_("…")`; the values of a text, such as numbers, stay to be filled in."""

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802  # the visitor's name
        call = self.generic_visit(node)
        match call:
            case nodes.Call(
                node=nodes.Name(name="_"), args=[nodes.Const(value=str(text))], dyn_args=None, dyn_kwargs=None
            ):
                return _said(text, call)
        return call


def _said(text: str, call: nodes.Call) -> nodes.Expr:
    said = Markup(get_translations().ugettext(text))  # noqa: S704  # our catalogue, no input
    if not call.kwargs:
        return nodes.Const(said % () if "%" in said else said, lineno=call.lineno, environment=call.environment)
    values = nodes.Dict([nodes.Pair(nodes.Const(one.key), one.value) for one in call.kwargs])
    return nodes.Mod(nodes.Const(said), values, lineno=call.lineno, environment=call.environment)
