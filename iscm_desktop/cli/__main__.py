"""`python -m iscm_desktop.cli` is the same as `iscm`."""

import sys

from iscm_desktop.cli import main

sys.exit(main())
