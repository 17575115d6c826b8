"""Where the bundled window starts."""

import sys

from iscm_desktop.__main__ import main

sys.exit(main())
