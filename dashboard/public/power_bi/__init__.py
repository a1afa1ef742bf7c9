"""The tables of the star as files, and what opens them in Power BI."""
