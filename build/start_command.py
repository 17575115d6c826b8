"""Where the bundled command line starts, and the processes that unpack strangers' files and look words up."""

import os
import sys

from iscm_desktop.paths import RUN

if (module := os.environ.pop(RUN, "")) == "iscm_desktop.exchange.unpacking.unpacker_process":
    from iscm_desktop.exchange.unpacking.unpacker_process import main as unpack

    sys.exit(unpack(sys.argv[1:]))
elif module == "iscm_desktop.spelling.spelling_process":
    from iscm_desktop.spelling.spelling_process import main as look_words_up

    sys.exit(look_words_up())

from iscm_desktop.cli import main

sys.exit(main())
