"""What every page is and gets: its base, the store and worker behind it, preferences, notices, file dialogs."""
