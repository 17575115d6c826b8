"""Summaries and every PDF."""
