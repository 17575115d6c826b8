"""A whole response filled over the accessibility bus of Linux, by the names that assistive technology reads out.

With `xa11y`, which speaks AT-SPI itself: no desktop, no GObject introspection. The offscreen platform of Qt has no
bus, so the window stands on a screen of Xvfb.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from iscm_desktop.session.views import AnswerPath
from iscm_desktop.workspace import Workspace

FORM = """survey
,type,name,label,required
,begin_group,about,About you,
,text,name,What is your name?,yes
,text,office,Which office?,yes
,select_one yn,member,Are you a member?,yes
,select_multiple themes,themes,Which themes?,yes
,end_group,,,
choices
,list_name,name,label
,yn,yes,Yes
,yn,no,No
,themes,labour,Labour mobility
,themes,data,Data
settings
,form_title,form_id,version
,Bus,bus,1
"""

LAUNCHER = Path("/usr/libexec/at-spi-bus-launcher")

SESSION = """
"$LAUNCHER" --launch-immediately &
"$PYTHON" -m tests.support.bus_window "$STORE" "$FORM" &
window=$!
"$PYTHON" -m tests.support.bus_filler "Anna Berg" "Yes: " "Labour mobility: "
for try in $(seq 40); do
  "$PYTHON" -c "$IS_SAVED" "$STORE" && break
  sleep 0.25
done
kill $window
"""

STATE, SIGNED_ON, MECHANISMS = "STA-A/STA-A01", "STA-F/STA-F05", "STA-C/STA-C00"

STATE_SESSION = """
"$LAUNCHER" --launch-immediately &
"$PYTHON" -m tests.support.bus_window "$STORE" state CAN &
window=$!
"$PYTHON" -m tests.support.bus_state_filler
kill $window
"""

IS_SAVED = """
import sqlite3, sys
rows = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True).execute("select * from draft").fetchall()
sys.exit(not all(answer in str(rows) for answer in ("Anna Berg", "yes", "labour")))
"""


def missing() -> str:
    """What the test needs and this computer has not; "" where all is there."""
    if not sys.platform.startswith("linux"):
        return "the bus is that of Linux"
    for program in ("Xvfb", "xvfb-run", "dbus-run-session"):
        if shutil.which(program) is None:
            return f"{program} is not installed"
    if not LAUNCHER.exists():
        return "at-spi2-core is not installed"
    return "" if importlib.util.find_spec("xa11y") else "xa11y is not installed"


@pytest.mark.skipif(bool(missing()), reason=missing() or "-")
def test_a_whole_response_is_filled_over_the_bus(tmp_path: Path) -> None:
    form, store = tmp_path / "bus.csv", tmp_path / "store.iscmdb"
    form.write_text(FORM, encoding="utf-8")
    done = run_on_a_screen(SESSION, tmp_path, store, FORM=str(form), IS_SAVED=IS_SAVED)
    with Workspace.open(store, keys_in_files=True) as workspace:
        session = workspace.responses.open_session(workspace.response_list.all()[0].id)
        found = {
            path: session.view(AnswerPath(f"about/{path}")).text
            for path in ("name", "office", "member", "themes")
        }
    expected = {"name": "Anna Berg", "office": "Anna Berg", "member": "yes", "themes": "labour"}
    assert found == expected, done


@pytest.mark.skipif(bool(missing()), reason=missing() or "-")
def test_a_state_answers_over_the_bus_from_the_first_section_to_the_sign_off(tmp_path: Path) -> None:
    store = tmp_path / "store.iscmdb"
    said = run_on_a_screen(STATE_SESSION, tmp_path, store)
    with Workspace.open(store, keys_in_files=True) as workspace:
        response = workspace.response_list.all()[0].id
        session = workspace.responses.open_session(response)
        signed = workspace.sign_offs.of(response)
        answers = {path: session.view(AnswerPath(path)).text for path in (STATE, SIGNED_ON)}
        mechanisms = session.repeat(AnswerPath(MECHANISMS)).entries
        themes = session.view(AnswerPath(f"{mechanisms[0].path}/STA-C06")).text
        findings = [f"{each.number} {each.message}" for each in session.findings()]
    assert findings == [], said
    assert answers == {STATE: "TCD", SIGNED_ON: "2026-03-01"}, said
    assert len(mechanisms) == 1, said
    assert len(themes.split()) == 1, said
    assert signed is not None, said
    assert (signed.name, signed.function, signed.open) == ("Anna Berg", "Director", 0), said


def run_on_a_screen(session: str, folder: Path, store: Path, **more: str) -> str:
    """Runs a shell script with a screen and a bus of its own; what it said, for whoever looks into a failure."""
    variables = {name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"}
    variables |= {
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "PYTHON": sys.executable, "STORE": str(store),
        "LAUNCHER": str(LAUNCHER), "HOME": str(folder), "XDG_DATA_HOME": str(folder), **more,
        "PYTHONPATH": os.pathsep.join(filter(None, (str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH")))),
    }  # fmt: skip
    command = ["xvfb-run", "-a", "dbus-run-session", "--", "bash", "-c", session]
    done = subprocess.run(command, env=variables, capture_output=True, text=True, timeout=240, check=False)
    return done.stdout + done.stderr
