"""ISCM Desktop: the assessment of inter-State consultation mechanisms on migration, without a connection."""

__version__ = "0.1.0"
