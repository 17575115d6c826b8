"""The catalogues of the interface: nothing untranslated, no place lost, every plural complete, all of them load.

Where a test names texts without a translation: `./dev translate` writes them into the catalogues, to be filled in
there. A text whose English was changed is a new text.
"""

import ast
import gettext
import importlib.util
import string
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from babel import Locale
from babel.messages import Catalog, Message

from iscm_desktop.errors import FileProblem, IscmError, Problem
from iscm_desktop.i18n import _, is_right_to_left, ngettext, use_language
from iscm_desktop.presenters.fill_state import answered_words
from iscm_desktop.questionnaire import answer_values
from iscm_desktop.reports.documents.answer_texts import AT_THE_SCREEN
from iscm_desktop.session.verdicts import OUT_OF_RANGE

ROOT = Path(__file__).parents[2]
COMPLETE = ("ar", "fr")
"""Languages that the whole interface speaks."""

FIRST_STRONG, POP = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"


def _tool() -> ModuleType:
    """build/translations.py, which lies outside the packages."""
    spec = importlib.util.spec_from_file_location("catalogues", ROOT / "build" / "translations.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


TOOL = _tool()
FILES = {TOOL.language_of(file): file for file in TOOL.files()}


@pytest.fixture(params=FILES, scope="module")
def language(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module")
def catalogue(language: str) -> Catalog:
    return TOOL.read(FILES[language])


@pytest.fixture(scope="module")
def translations(catalogue: Catalog) -> list[Message]:
    """What is translated, without the texts still to come."""
    return [message for message in TOOL.texts(catalogue) if any(_forms(message))]


@pytest.fixture
def compiled(tmp_path: Path) -> Iterator[Path]:
    """A folder with the catalogues as the program reads them; English again afterwards."""
    TOOL.compile_all(tmp_path)
    yield tmp_path
    use_language("en")


def _forms(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


def _sources(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def _places(text: str) -> set[str]:
    """The names between braces; fails where the braces of the text do not match."""
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name is not None}


def _exact_forms(catalogue: Catalog) -> set[int]:
    """Forms of the plural that stand for one number only, such as two in Arabic: words alone say it."""
    choose = gettext.c2py(catalogue.plural_expr)
    chosen = [choose(number) for number in range(1000)]
    return {form for form in chosen if chosen.count(form) == 1}


def _outer_space(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def test_every_text_that_is_looked_up_is_collected():
    """By whatever name a module looks texts up, and in strings with places in them, where Babel looks for none."""
    collected = {text for message in TOOL.texts(TOOL.collected()) for text in _sources(message)}
    forgotten = []
    for room in TOOL.ROOMS:
        for file in sorted((ROOT / room).rglob("*.py")):
            tree = ast.parse(file.read_text("utf-8"))
            names = _looks_up(tree)
            forgotten += [
                f"{file.relative_to(ROOT)}:{node.lineno}: {part.value}"
                for node in ast.walk(tree)
                if isinstance(node, ast.Call) and _called(node.func) in names
                for part in node.args[:2]
                if isinstance(part, ast.Constant) and isinstance(part.value, str)
                if part.value and part.value not in collected
            ]
    assert not forgotten, "KEYWORDS of build/translations.py do not find these:\n" + "\n".join(forgotten)


def _each(side: ast.expr) -> list[ast.expr]:
    return side.elts if isinstance(side, ast.Tuple) else [side]


def _called(function: ast.expr) -> str:
    return getattr(function, "id", getattr(function, "attr", ""))


def _looks_up(tree: ast.Module) -> set[str]:
    """What a module calls the look-up of texts: gettext's own names, and those that it gives them: "say"."""
    names = set(TOOL.KEYWORDS)
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            named, meant = node.targets[0], node.value
            pairs = list(zip(_each(named), _each(meant), strict=False))
            names |= {_called(name) for name, value in pairs if getattr(value, "attr", "") in TOOL.KEYWORDS}
    return names


@pytest.mark.parametrize("language", COMPLETE)
def test_every_text_of_the_interface_is_translated(language: str):
    known = {_sources(message): message for message in TOOL.texts(TOOL.read(FILES[language]))}
    wanted = [message for message in TOOL.texts(TOOL.collected()) if not TOOL.is_of_documents(message)]
    missing = [
        f"{message.locations[0][0]}: {message.id}"
        for message in wanted
        if _sources(message) not in known or not TOOL.is_translated(known[_sources(message)])
    ]
    assert not missing, f"no {language} for these; run ./dev translate and fill in:\n" + "\n".join(missing)


@pytest.mark.parametrize("language", COMPLETE)
def test_every_problem_is_told_in_the_language(language: str, compiled: Path):
    use_language(language, compiled)
    english = [one.name for kind in Problem.__subclasses__() for one in kind if _(one.value) == one.value]
    assert not english


def test_no_place_is_lost_or_invented(catalogue: Catalog, translations: list[Message]):
    """Every form names the places of its source; a form for one number only may leave out the number."""
    exact = _exact_forms(catalogue)
    for message in translations:
        wanted = _places(_sources(message)[-1])
        for at, form in enumerate(_forms(message)):
            lost = wanted - _places(form)
            may_lack = (
                {"count", "least", "most", "limit"} if len(_forms(message)) > 1 and at in exact else set()
            )
            assert lost <= may_lack, f"{sorted(lost)} not in: {form}"
            assert _places(form) <= wanted, f"unknown places in: {form}"


def test_space_around_a_text_is_kept(translations: list[Message]):
    for message in translations:
        for form in _forms(message):
            assert _outer_space(form) == _outer_space(_sources(message)[0]), repr(form)


def test_plural_forms_are_complete(catalogue: Catalog, translations: list[Message]):
    for message in translations:
        assert all(_forms(message)), message.id
        if message.pluralizable:
            assert len(_forms(message)) == catalogue.num_plurals, message.id


def test_plural_forms_are_chosen_as_in_cldr(language: str, catalogue: Catalog):
    """In the order zero, one, two, few, many, other, of which each language has some."""
    rule = Locale.parse(language).plural_form
    used = [name for name in ("zero", "one", "two", "few", "many", "other") if name in rule.tags | {"other"}]
    choose = gettext.c2py(catalogue.plural_expr)
    for number in range(1000):
        told = rule(number)
        # French has a form of its own for millions, which nothing here counts to.
        forms = [name for name in used if not (language in {"fr", "es"} and name == "many")]
        assert forms[choose(number)] == told, number


def test_nothing_is_marked_as_doubtful(catalogue: Catalog):
    assert not [message.id for message in TOOL.texts(catalogue) if message.fuzzy]


def test_a_translation_has_a_mnemonic_only_where_the_source_has_one(translations: list[Message]):
    """A label that is no button would show the ampersand."""
    for message in translations:
        for form in _forms(message):
            mnemonics = form.replace("&&", "").count("&")
            assert mnemonics <= _sources(message)[0].replace("&&", "").count("&"), form
            assert not form.rstrip().endswith("&"), form


def test_what_is_set_apart_from_arabic_is_closed_again():
    """File names and the like keep their own direction: from a first strong isolate to its end."""
    for message in TOOL.texts(TOOL.read(FILES["ar"])):
        for form in _forms(message):
            depth = 0
            for letter in form:
                depth += (letter == FIRST_STRONG) - (letter == POP)
                assert depth in (0, 1), form
            assert depth == 0, form


def test_french_puts_no_break_spaces_before_double_signs():
    for message in TOOL.texts(TOOL.read(FILES["fr"])):
        for form in _forms(message):
            for sign in (" :", " ;", " !", " ?", " »", "« "):
                assert sign not in form.strip(), form


def test_catalogues_load_and_count(compiled: Path):
    """The wording follows the number: Arabic has words of its own for one and two."""
    use_language("ar", compiled)
    assert is_right_to_left()
    told = [
        ngettext("{count} file", "{count} files", count).format(count=count)
        for count in (0, 1, 2, 3, 11, 100)
    ]
    assert told == ["لا ملفات", "ملف واحد", "ملفان", "3 ملفات", "11 ملفًا", "100 ملف"]
    use_language("fr", compiled)
    assert ngettext("{count} file", "{count} files", 0).format(count=0) == "0 fichier"
    assert ngettext("{count} file", "{count} files", 2).format(count=2) == "2 fichiers"


def test_a_problem_names_its_particulars(compiled: Path):
    use_language("fr", compiled)
    assert "« notes.docx »" in str(IscmError(FileProblem.PACKAGE_FOREIGN, file="notes.docx")).replace(
        "\xa0", " "
    )


def test_text_without_translation_stays_english(compiled: Path):
    use_language("ar", compiled)
    assert _("An unheard-of text.") == "An unheard-of text."


def test_of_one_answer_is_told_in_the_singular(compiled: Path):
    use_language("fr", compiled)
    told = [answered_words(count, 18) for count in (0, 1, 2)]
    assert told == ["0 réponse sur 18", "1 réponse sur 18", "2 réponses sur 18"]


@pytest.mark.parametrize("code", COMPLETE)
def test_what_is_said_at_the_screen_only_can_be_told_from_the_rest(code: str, compiled: Path):
    """Paper leaves the last sentence of such messages out, so it is the same in each of them."""
    messages = [each for each in vars(answer_values).values() if isinstance(each, str)]
    english = {
        each: last
        for each in (*messages, OUT_OF_RANGE)
        for last in AT_THE_SCREEN
        if each.endswith(f" {last}")
    }
    assert len(english) > 10
    use_language(code, compiled)
    assert not [each for each, last in english.items() if not _(each).endswith(f" {_(last)}")]
