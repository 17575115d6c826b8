"""Findings per mechanism, drafted from the merged answers, each paragraph knowing its sources."""
