"""The main window around the pages: navigation, notices, status line, keys, and what is said when something fails."""
