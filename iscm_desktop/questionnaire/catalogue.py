"""Questionnaires ready for use: those that ship, and those that came with a package, each compiled once."""

from __future__ import annotations

import hashlib
import os
from functools import lru_cache
from pathlib import Path

from iscm_desktop.paths import cache_folder, resource
from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire, compiled, load_compiled
from iscm_desktop.questionnaire.shipped_keys import SHIPPED_KEYS


def shipped_keys() -> tuple[str, ...]:
    """The keys of the questionnaires that ship, which are their form ids too."""
    return SHIPPED_KEYS


@lru_cache(maxsize=len(SHIPPED_KEYS))
def shipped(key: str) -> Questionnaire:
    """A questionnaire that ships.

    Raises:
        KeyError: no such questionnaire ships (a defect of the caller).
    """
    if key not in SHIPPED_KEYS:
        raise KeyError(key)
    found = _loaded(resource("compiled", f"{key}.bin"))
    if found is not None:
        return found
    return _compiled_here(key)


def _compiled_here(key: str) -> Questionnaire:
    """Run from source without a build: compiled when first needed, and again when the sources change."""
    from iscm_desktop.questionnaire.reading.compilation import compile_shipped, sources_hash

    kept = _cached(f"{key}-{sources_hash(key)[:32]}")
    found = _loaded(kept)
    if found is None:
        found = compile_shipped(key)
        _keep(kept, found)
    return found


@lru_cache(maxsize=64)
def from_source(xml: str) -> Questionnaire:
    """The questionnaire of an XForm that came with a package or lies in the store.

    Raises:
        IscmError: it is no XForm, or its rules cannot run.
    """
    kept = _cached(hashlib.sha256(xml.encode()).hexdigest())
    found = _loaded(kept)
    if found is None or found.source != xml:
        from iscm_desktop.questionnaire.reading.xform import read_xform

        found = read_xform(xml)
        _keep(kept, found)
    return found


def _cached(name: str) -> Path:
    return cache_folder() / "questionnaires" / f"{name}.bin"


def _loaded(path: Path) -> Questionnaire | None:
    """None where there is none, or none that this version of the program can use."""
    try:
        return load_compiled(path.read_bytes())
    except (OSError, ValueError):
        return None


def _keep(path: Path, questionnaire: Questionnaire) -> None:
    """Writes beside the target and replaces it, so that two programs never read half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(f".{os.getpid()}.tmp")
    beside.write_bytes(compiled(questionnaire))
    beside.replace(path)
