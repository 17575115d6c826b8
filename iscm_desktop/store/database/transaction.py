"""One transaction on a store."""

from __future__ import annotations

from sqlalchemy import Connection

Transaction = Connection
