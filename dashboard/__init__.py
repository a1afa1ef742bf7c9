"""Numbers out: queries, arithmetic, words, charts, pages and the command line."""
