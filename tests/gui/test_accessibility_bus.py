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
    variables = {name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"}
    variables |= {
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "PYTHON": sys.executable, "STORE": str(store), "FORM": str(form),
        "LAUNCHER": str(LAUNCHER), "IS_SAVED": IS_SAVED, "HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path),
        "PYTHONPATH": os.pathsep.join(filter(None, (str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH")))),
    }  # fmt: skip
    command = ["xvfb-run", "-a", "dbus-run-session", "--", "bash", "-c", SESSION]
    done = subprocess.run(command, env=variables, capture_output=True, text=True, timeout=120, check=False)
    with Workspace.open(store, keys_in_files=True) as workspace:
        session = workspace.responses.open_session(workspace.response_list.all()[0].id)
        found = {
            path: session.view(AnswerPath(f"about/{path}")).text
            for path in ("name", "office", "member", "themes")
        }
    expected = {"name": "Anna Berg", "office": "Anna Berg", "member": "yes", "themes": "labour"}
    assert found == expected, done.stderr
