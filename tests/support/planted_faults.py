"""Faults that somebody could make in merging, sealing and heads, each as one change of one source file.

A test by night plants each into a copy of the program and expects other tests to fail; a test by day sees to it that
the list still fits the sources.
"""

from __future__ import annotations

from dataclasses import dataclass

_OBJECTS, _MERGING, _TRUST = (
    "iscm_desktop/store/objects",
    "iscm_desktop/exchange/merging",
    "iscm_desktop/exchange/trust",
)
_HEADS = "tests/core/store/test_heads.py"
_PROPERTIES = "tests/core/exchange/test_merge_property.py"
_STATEFUL = "tests/core/exchange/test_merge_stateful.py"
_EXAMINED = "tests/core/exchange/test_examination.py"
_SEALS = "tests/core/exchange/test_seals.py"
_BACK = "tests/core/exchange/test_taking_back.py"
_DRAFTS = "tests/core/store/test_drafts_of_devices.py"
_SEALING = "tests/core/store/test_sealing.py"
_READER = "tests/core/exchange/test_package_reader.py"
_HEALING = "tests/core/exchange/test_healing.py"


@dataclass(frozen=True, slots=True)
class PlantedFault:
    """A fault, where it is planted, and the tests of which one must fail."""

    name: str
    file: str
    old: str  # occurs once in the file
    new: str
    tests: tuple[str, ...]


FAULTS = (
    PlantedFault(
        "only the first parent is continued",
        f"{_OBJECTS}/heads.py",
        "continued = {parent for revision in revisions.values() for parent in revision.parents}",
        "continued = {parent for revision in revisions.values() for parent in revision.parents[:1]}",
        (_HEADS, _PROPERTIES),
    ),
    PlantedFault(
        "two sides are no conflict",
        f"{_OBJECTS}/heads.py",
        "is_conflict = len(values) > 1 and kind not in _SETTLE",
        "is_conflict = len(values) > 2 and kind not in _SETTLE",
        (_HEADS, _PROPERTIES),
    ),
    PlantedFault(
        "a removal takes what was edited elsewhere with it",
        f"{_OBJECTS}/heads.py",
        "    if is_edited:\n",
        "    if is_edited and not removed:\n",
        (_HEADS, _STATEFUL),
    ),
    PlantedFault(
        "a removal takes what is better proven with it",
        f"{_OBJECTS}/heads.py",
        "return {parent for parent, id_ in named if levels[id_] >= levels.get(parent, 0)}",
        "return {parent for parent, id_ in named}",
        (_HEADS, _PROPERTIES),
    ),
    PlantedFault(
        "what is less proven takes the place of what it continues",
        f"{_OBJECTS}/heads.py",
        "found |= {id_ for id_ in closed(behind, revisions) if levels[id_] <= level}",
        "found |= set(closed(behind, revisions))",
        (_HEADS, _PROPERTIES),
    ),
    PlantedFault(
        "what is in view leaves its ancestors behind",
        f"{_OBJECTS}/heads.py",
        "            waiting.extend(parent for parent in revisions[id_].parents if parent in revisions)\n",
        "",
        (_HEADS, _BACK),
    ),
    PlantedFault(
        "typing over both sides continues one of them only",
        f"{_OBJECTS}/drafts.py",
        "return state.heads[:1] if state.is_conflict else tuple(sorted(state.heads))",
        "return state.heads[:1]",
        (_SEALING,),
    ),
    PlantedFault(
        "sealing takes another device's drafts",
        f"{_OBJECTS}/drafts.py",
        "    drafts = drafts_of(db, subject, device)\n    if not drafts:",
        "    drafts = dict(all_drafts_of(db, subject))\n    if not drafts:",
        (_DRAFTS,),
    ),
    PlantedFault(
        "a removal names nothing of what was inside",
        f"{_OBJECTS}/drafts.py",
        "            parents.update(id_ for inner in order.below(key[1]) for id_ in heads.get(inner, ()))\n",
        "",
        (_SEALING,),
    ),
    PlantedFault(
        "a device name is not part of the id",
        f"{_OBJECTS}/revision.py",
        "    return hashlib.sha256(_encode(revision)).hexdigest()\n",
        '    return hashlib.sha256(_encode(msgspec.structs.replace(revision, device=""))).hexdigest()\n',
        ("tests/core/store/test_revision.py",),
    ),
    PlantedFault(
        "a seal is not bound to its revisions",
        f"{_OBJECTS}/seals.py",
        'return _encode(("iscm-seal", subject, device, len(ids), digest))',
        'return _encode(("iscm-seal", subject, device, len(ids)))',
        (_SEALS,),
    ),
    PlantedFault(
        "seals of strangers are not looked at",
        f"{_TRUST}/sealing.py",
        "    if not all(is_whole(seal, subject) for seal in package.seals):",
        "    if not subject:",
        (_SEALS,),
    ),
    PlantedFault(
        "any key proves any device",
        f"{_OBJECTS}/seals.py",
        "return revision in self.own or not bound.isdisjoint(self.keys_of(revision))",
        "return revision in self.own or bool(bound)",
        (_SEALS,),
    ),
    PlantedFault(
        "the second file of a response is compared with the store before the first",
        f"{_MERGING}/merge_applier.py",
        "        self.ours.update(file.package.revisions)\n",
        "",
        (_EXAMINED, _PROPERTIES, "tests/core/workspace/test_merging.py"),
    ),
    PlantedFault(
        "what was here already is not noted as brought again",
        f"{_OBJECTS}/merge_writer.py",
        "            self._add(tables.PackageRevisionRecord, (package, id_, subject))\n",
        "            pass\n",
        (_BACK,),
    ),
    PlantedFault(
        "what was typed is not sealed before a merge",
        f"{_MERGING}/merge_applier.py",
        "if not found.damaged and responses.seal_response(self._db, response.id, self._device):",
        "if found.damaged:",
        (_PROPERTIES, _EXAMINED, "tests/core/workspace/test_merging.py"),
    ),
    PlantedFault(
        "a file merged before is never looked at again",
        f"{_MERGING}/examination.py",
        "if is_repeated and known is not None and self._is_whole(known, opened):",
        "if is_repeated and known is not None:",
        (_HEALING,),
    ),
    PlantedFault(
        "a package in the place of the planned one is merged",
        f"{_MERGING}/examination.py",
        "        if expected is not None:\n            expected.check_opened(opened)\n",
        "",
        (_EXAMINED,),
    ),
    PlantedFault(
        "an unsigned file counts as signed",
        f"{_MERGING}/examination.py",
        "    if not judgement.signer_key:\n        return Shown.UNSIGNED\n",
        "",
        (_PROPERTIES, _EXAMINED, "tests/core/exchange"),
    ),
    PlantedFault(
        "what a merge that was taken back brought stays in view",
        "iscm_desktop/store/operations/operations_in_effect.py",
        ".values(is_hidden=True)",
        ".values(is_hidden=False)",
        (_BACK, "tests/core/store/verification"),
    ),
)
