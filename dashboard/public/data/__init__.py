"""Open data of one publication: pages, tables in several formats, and what describes them."""
