"""What the pages about the code name is there: modules, what is in them, files, and every room on the map."""

import ast
import builtins
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = ("docs/architecture.md", "docs/session.md", "docs/store.md", "CONTRIBUTING.md")
TEXTS = {page: (ROOT / page).read_text(encoding="utf-8") for page in PAGES if (ROOT / page).exists()}
PACKAGES = (ROOT / "iscm_desktop", ROOT / "ui")

FILE_ENDINGS = {"json", "jsonl", "toml", "lock", "csv", "sql", "md", "po", "py", "xml", "xlsx", "iscm"}


def dotted(page: str) -> list[str]:
    """Names such as `store.objects.heads` and `Workspace.open(…)`; not those of files."""
    found = re.findall(r"`(?:python -m )?([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+)(?:\([^`]*\))?`", TEXTS[page])
    return sorted({name for name in found if name.rpartition(".")[2] not in FILE_ENDINGS})


def folders(page: str) -> list[str]:
    """Paths such as `ui/widgets/` and `docs/cli.md`."""
    found = re.findall(r"`([a-z_]+(?:/[\w.*-]*)+)`", TEXTS[page])
    return sorted(set(found))


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def defined_in(body: list[ast.stmt]) -> dict[str, ast.stmt]:
    """What a module or a class defines or imports, by name."""
    found: dict[str, ast.stmt] = {}
    for node in body:
        match node:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name):
                found[name] = node
            case ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]):
                found[name] = node
            case ast.ImportFrom(names=aliases):
                found |= {alias.asname or alias.name: node for alias in aliases}
            case _:
                pass
    return found


@cache
def classes() -> dict[str, list[ast.ClassDef]]:
    found: dict[str, list[ast.ClassDef]] = {}
    for package in PACKAGES:
        for path in package.rglob("*.py"):
            for node in tree_of(path).body:
                if isinstance(node, ast.ClassDef):
                    found.setdefault(node.name, []).append(node)
    return found


def members(one: ast.ClassDef) -> dict[str, ast.stmt]:
    """What a class defines, and what it has of classes of ours."""
    inherited: dict[str, ast.stmt] = {}
    for base in one.bases:
        if isinstance(base, ast.Name):
            for found in classes().get(base.id, []):
                inherited |= members(found)
    return inherited | defined_in(one.body)


def has_member(present: dict[str, ast.stmt], names: list[str]) -> bool:
    """Whether the first name is among these, and in what that is the next."""
    if not names:
        return True
    node = present.get(names[0])
    if isinstance(node, ast.ClassDef):
        return has_member(members(node), names[1:])
    return node is not None and len(names) == 1


def is_module_or_in_one(start: Path, parts: list[str]) -> bool:
    here = start
    for place, part in enumerate(parts):
        if (here / part).is_dir():
            here /= part
        elif (module := here / f"{part}.py").exists():
            return has_member(defined_in(tree_of(module).body), parts[place + 1 :])
        else:
            return (here / "__init__.py").exists() and has_member(
                defined_in(tree_of(here / "__init__.py").body), parts[place:]
            )
    return True


def is_of_a_service(parts: list[str]) -> bool:
    """`workspace.packages.plan`: a service that the workspace hands out, and perhaps what it can do."""
    if parts[0] != "workspace":
        return False
    service = next((members(one).get(parts[1]) for one in classes()["Workspace"]), None)
    if not isinstance(service, ast.FunctionDef) or not isinstance(service.returns, ast.Name):
        return False
    return any(has_member(members(one), parts[2:]) for one in classes()[service.returns.id])


def is_there(name: str) -> bool:
    parts = name.split(".")
    if parts[0] in classes():
        return any(has_member(members(one), parts[1:]) for one in classes()[parts[0]])
    starts = (ROOT, ROOT / "iscm_desktop")
    return any(is_module_or_in_one(start, parts) for start in starts) or is_of_a_service(parts)


def rooms_on_the_map() -> set[str]:
    """The paths of folders on the map, and of modules that stand there by name."""
    drawn = TEXTS["docs/architecture.md"].split("```")[1]
    found: set[str] = set()
    above: list[tuple[int, str]] = []
    for line in drawn.strip().splitlines():
        indent = len(line) - len(line.lstrip())
        above = [(depth, path) for depth, path in above if depth < indent]
        for name in re.split(", ", re.split(r"\s{2,}", line.strip(), maxsplit=1)[0]):
            path = "/".join([*(path for _depth, path in above[-1:]), name.rstrip("/")])
            found.add(path)
            if name.endswith("/"):
                above.append((indent, path))
    return found


def rooms() -> set[str]:
    """Folders of code, and modules that stand beside rooms."""
    inits = [path for package in PACKAGES for path in package.rglob("__init__.py")]
    beside = [path for path in PACKAGES[0].glob("*.py") if path.name != "__init__.py"]
    found = [*(path.parent for path in inits), *(path.with_suffix("") for path in beside)]
    return {path.relative_to(ROOT).as_posix() for path in found}


def services_in_the_table() -> dict[str, set[str]]:
    """What each service is given besides the context, as the page says."""
    table = TEXTS["docs/architecture.md"].split("| Asked as", 1)[1].split("\n\n", 1)[0]
    rows = [line.strip("| ").split(" | ") for line in table.splitlines()[2:]]
    return {
        name: set(re.findall(r"`(\w+)`", given))
        for asked, _is, given in rows
        for name in re.findall(r"`(\w+)`", asked)
    }


def services() -> dict[str, set[str]]:
    """The same as the code says: services that stand in the call that makes one."""
    (made,) = classes()["WorkspaceServices"]
    properties = [one for one in made.body if isinstance(one, ast.FunctionDef) and one.decorator_list]
    names = {one.name for one in properties}
    return {
        one.name: {node.attr for node in ast.walk(one) if isinstance(node, ast.Attribute)} & names
        for one in properties
    }


@pytest.mark.parametrize("page", TEXTS)
def test_every_name_is_found(page: str) -> None:
    assert [name for name in dotted(page) if not is_there(name)] == []


@pytest.mark.parametrize("page", TEXTS)
def test_every_class_is_found(page: str) -> None:
    named = set(re.findall(r"`([A-Z][a-z]+[A-Za-z]*[a-z])(?:\([^`]*\))?`", TEXTS[page]))
    built_in = {name for name in named if hasattr(builtins, name)}
    assert sorted(named - built_in - classes().keys()) == []


@pytest.mark.parametrize("page", TEXTS)
def test_every_folder_and_file_is_found(page: str) -> None:
    starts = (ROOT, ROOT / "iscm_desktop")
    missing = [path for path in folders(page) if not any(list(start.glob(path)) for start in starts)]
    assert missing == []


def test_the_trip_names_many_modules() -> None:
    """So that the test above has something to find."""
    assert len(dotted("docs/architecture.md")) > 80
    assert not is_there("store.objects.headless")
    assert not is_there("workspace.packages.merge_service.MergeService.fly")
    assert not is_there("workspace.packages.fly")


def test_every_room_is_on_the_map_and_every_room_on_the_map_is_there() -> None:
    assert rooms_on_the_map() == rooms()


def test_each_service_is_given_what_the_page_says() -> None:
    assert services_in_the_table() == services()
