"""Charts: what is shown → a description of the chart → a picture. Pure; no SQL and no Dash."""
