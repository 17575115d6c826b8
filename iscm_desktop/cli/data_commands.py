"""Data on the command line: answers of a round as files for other programs."""

from __future__ import annotations

import argparse
from pathlib import Path

from iscm_desktop.cli.command_output import CommandResult, Commands
from iscm_desktop.cli.terminal_tables import table
from iscm_desktop.i18n import _
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.data.data_selection import DataSelection, WantedStatus
from iscm_desktop.workspace.data.data_shapes import DataFormat, Several, TableLayout, shape_of
from iscm_desktop.workspace.data.data_wording import report_sentences

_LEVELS = ("rcp", "irf", "global")


def add(commands: Commands, everywhere: argparse.ArgumentParser) -> None:
    """Adds this command to the parser of `iscm`."""
    data = commands.add_parser("data", parents=[everywhere], help="write the answers of a round as tables")
    data.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="where to; its ending says the format"
    )
    data.add_argument(
        "--format", choices=[shape.value for shape in DataFormat], help="of a .zip: what lies in it"
    )
    _add_selection(data)
    _add_layout(data)
    data.set_defaults(run=_data, needs_workspace=True)


def _add_selection(data: argparse.ArgumentParser) -> None:
    def several(name: str, metavar: str, purpose: str) -> None:
        data.add_argument(name, metavar=metavar, action="append", default=[], help=purpose)

    several("--round", "CODE", "of this round; may be repeated (default: the current one)")
    several("--questionnaire", "KEY", "only responses to it; may be repeated")
    several("--region", "CODE", "only respondents in this region; may be repeated")
    several("--respondent", "CODE", "only of this respondent; may be repeated")
    several("--section", "SECTION", "only answers of this section, by path or number; may be repeated")
    data.add_argument(
        "--level", choices=_LEVELS, action="append", default=[], help="only mechanisms of this level"
    )
    data.add_argument(
        "--status", choices=[status.value for status in WantedStatus], default=WantedStatus.RECEIVED.value,
        help="how far responses have to be (default: received)",
    )  # fmt: skip
    data.add_argument(
        "--withheld", action="store_true", help="with answers that are not for publication, marked"
    )


def _add_layout(data: argparse.ArgumentParser) -> None:
    data.add_argument(
        "--labels", metavar="LANGUAGE", default="", help="labels in a language of the form instead of codes"
    )
    data.add_argument(
        "--headings", choices=("names", "labels"), help="what heads a column (default: labels with --labels)"
    )
    data.add_argument(
        "--several", choices=[several.value for several in Several], default=Several.BOTH.value,
        help="several choices in one column, in one column each, or both (default: both)",
    )  # fmt: skip
    data.add_argument("--groups", action="store_true", help="headings name the groups around a question")
    data.add_argument("--separator", default="/", help="between groups, and before a choice (default: /)")
    data.add_argument("--no-bom", action="store_true", help="CSV without the mark by which Excel knows UTF-8")


def _data(workspace: Workspace, chosen: argparse.Namespace) -> CommandResult:
    selection = DataSelection(
        tuple(chosen.round), tuple(chosen.questionnaire), tuple(chosen.level), tuple(chosen.region),
        tuple(chosen.respondent), WantedStatus(chosen.status), tuple(chosen.section), chosen.withheld,
    )  # fmt: skip
    layout = _layout(chosen)
    if chosen.output is None:
        return _preview(workspace, selection, layout)
    shape = shape_of(chosen.output, DataFormat(chosen.format) if chosen.format else None)
    report = workspace.data.export(chosen.output, selection, layout, shape, has_bom=not chosen.no_bom)
    written = report.written
    data = {
        "files": written.files,
        "responses": report.responses,
        "rows": dict(written.row_counts),
        "left_out": report.left_out,
        "marks": {kind.value: count for kind, count in written.marks.items()},
        "split_cells": written.split_cells,
        "missing_files": written.missing_files,
        "left_files": written.left_files,
    }
    return CommandResult(data, report_sentences(report))


def _layout(chosen: argparse.Namespace) -> TableLayout:
    has_label_headings = bool(chosen.labels) if chosen.headings is None else chosen.headings == "labels"
    headings = (chosen.labels or "default") if has_label_headings else ""
    return TableLayout(headings, chosen.labels, Several(chosen.several), chosen.groups, chosen.separator)


def _preview(workspace: Workspace, selection: DataSelection, layout: TableLayout) -> CommandResult:
    found = workspace.data.preview(selection, layout)
    lines = [(one.name, str(len(one.columns)), ", ".join(one.columns[:6]) + "…") for one in found.tables]
    words = _("Responses that fit: {count}.").format(count=found.responses)
    return CommandResult(found, [*table(("TABLE", "COLUMNS", "THE FIRST"), lines), words])
