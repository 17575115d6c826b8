"""Where files live. The only module that knows whether the program is bundled."""

import sys
from pathlib import Path

import platformdirs

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


def data_folder() -> Path:
    """The person's own folder for the store, its backups and the log; created when missing."""
    folder = Path(platformdirs.user_data_dir(_NAME, appauthor=False))
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def cache_folder() -> Path:
    """For what can be made again, such as compiled questionnaires; created when missing."""
    folder = Path(platformdirs.user_cache_dir(_NAME, appauthor=False))
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def default_store() -> Path:
    """The store that opens when nobody names another."""
    return data_folder() / "store.iscmdb"
