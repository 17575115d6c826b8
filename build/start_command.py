"""Where the bundled command line starts, and the processes that unpack strangers' files."""

import os
import sys

from iscm_desktop.paths import RUN

if os.environ.pop(RUN, "") == "iscm_desktop.exchange.unpacking.unpacker_process":
    from iscm_desktop.exchange.unpacking.unpacker_process import main as unpack

    sys.exit(unpack(sys.argv[1:]))

from iscm_desktop.cli import main

sys.exit(main())
