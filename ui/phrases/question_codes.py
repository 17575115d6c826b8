"""Codes of questions, as people say them on the telephone."""

from __future__ import annotations


def question_code(path: str) -> str:
    """ "E20" for ISC-E/ISC-E20."""
    return path.rpartition("/")[2].rpartition("-")[2]
