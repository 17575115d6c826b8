"""One transaction on a store: what all reading and writing goes through."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, final

if TYPE_CHECKING:
    from sqlalchemy import Connection

Values = Mapping[str, object]


class PreparedQuery(NamedTuple):
    """A query as text, made from the tables beforehand; its values are named the same in both."""

    sqlite: str
    postgresql: str


class Link(Protocol):
    """A connection on which a transaction has begun."""

    @property
    def dialect(self) -> str: ...

    @property
    def sql(self) -> Connection: ...

    def run(self, query: PreparedQuery, values: Values) -> list[Any]: ...


@final
class Transaction:
    """Made by `Database.read` and `Database.write`; of no use when their block has ended."""

    __slots__ = ("_link",)

    def __init__(self, link: Link) -> None:
        self._link = link

    @property
    def dialect(self) -> str:
        """ "sqlite" or "postgresql"."""
        return self._link.dialect

    @property
    def sql(self) -> Connection:
        """SQLAlchemy on this very transaction, for the store itself; imported on first need (0.25 s)."""
        return self._link.sql

    def run(self, query: PreparedQuery, values: Values | None = None) -> list[Any]:
        """Runs a prepared query, for which SQLAlchemy is not needed; gives all rows, times as texts."""
        return self._link.run(query, values or {})

    def run_text(self, statement: str) -> list[Any]:
        """Runs SQL as it stands and gives its rows: for tools that look at a store from outside."""
        return self._link.run(PreparedQuery(statement, statement), {})
