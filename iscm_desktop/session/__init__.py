"""One response being filled in: answers, skips, checks. Knows neither a database nor a window."""
