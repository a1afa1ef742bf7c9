"""From the DfE's SEN2 person-level return to counts, on the analyst's own machine: nothing about a
person leaves these modules, not in a message, a file or a log."""
