"""Where files live. The only module that knows whether the program is bundled."""

import os
import sys
from pathlib import Path

from iscm_desktop.private_files import make_private_folder

_NAME = "iscm-desktop"


def _resource_root() -> Path:
    bundled = getattr(sys, "_MEIPASS", None)
    if bundled:
        return Path(bundled) / "resources"
    installed = Path(__file__).parent / "resources"
    return installed if installed.is_dir() else Path(__file__).parents[1] / "resources"


RESOURCES = _resource_root()
"""Questionnaires, registers, fonts, translations, theme: read only."""


def resource(*names: str) -> Path:
    """Path of a shipped file, such as `resource("fonts", "NotoSans-Regular.ttf")`."""
    return RESOURCES.joinpath(*names)


def guide_folder(resources: Path = RESOURCES) -> Path:
    """The guide: among the resources where the program is installed, in `docs` in a bundle and in the source."""
    installed = resources / "guide"
    return installed if installed.is_dir() else resources.parent / "docs" / "guide"


def data_folder() -> Path:
    """The person's own folder for the store, its backups and the log; created when missing."""
    import platformdirs

    folder = Path(platformdirs.user_data_dir(_NAME, appauthor=False))
    make_private_folder(folder)
    return folder


def cache_folder() -> Path:
    """For what can be made again, such as compiled questionnaires; created when missing."""
    import platformdirs

    folder = Path(platformdirs.user_cache_dir(_NAME, appauthor=False))
    make_private_folder(folder)
    return folder


def default_store() -> Path:
    """The store that opens when nobody names another."""
    return data_folder() / "store.iscmdb"


def own_command(module: str) -> tuple[list[str], dict[str, str]]:
    """How one of our modules is run in a process of its own: the command, and what it needs in its environment.

    In the bundle there is no Python to call; there `iscm` runs the module that `RUN` names.
    """
    if getattr(sys, "_MEIPASS", None):
        suffix = Path(sys.executable).suffix
        return [str(Path(sys.executable).with_name(f"iscm{suffix}"))], {RUN: module}
    root = str(Path(__file__).parents[1])
    found = os.environ.get("PYTHONPATH", "")
    return [sys.executable, "-m", module], {"PYTHONPATH": f"{root}{os.pathsep}{found}" if found else root}


def window_command(store: str) -> list[str]:
    """How the window is started on a store, from the bundle or from Python."""
    own = [sys.executable] if getattr(sys, "_MEIPASS", None) else [sys.executable, "-m", "iscm_desktop"]
    return [*own, "--store", store]


RUN = "ISCM_RUN_MODULE"
