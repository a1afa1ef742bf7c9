"""What the data is: terms, areas, symbols, measures, extracts, tables; nothing else of ours."""
