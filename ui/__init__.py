"""The window: draws what the core offers, and forwards what people do.

PySide6 replaces Python's `import` by its own, which reads the source of every module that is imported afterwards,
to see whether it may write `from __feature__ import snake_case`, and keeps all of it in memory. We never write
that, so Python's own is put back: a fifth of the start, and 10 MB once documents and workbooks were imported.
"""

import builtins

import PySide6.QtCore  # noqa: F401 - its hook is in place from here on

if hasattr(builtins, "__orig_import__"):
    builtins.__import__ = builtins.__orig_import__
