"""The staff side under `/staff/`: plain pages and forms, closed to all but those it is for."""
