"""Where the bundled command line starts."""

import sys

from iscm_desktop.cli import main

sys.exit(main())
