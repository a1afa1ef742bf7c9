"""One table of figures and eight that explain it: what Power BI and other programs load."""
