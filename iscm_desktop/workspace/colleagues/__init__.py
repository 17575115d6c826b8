"""Sections in colleagues' hands, and questions back."""
