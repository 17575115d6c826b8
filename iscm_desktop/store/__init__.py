"""Answers on disk: tables, migrations, revisions in and out, history, backup."""
