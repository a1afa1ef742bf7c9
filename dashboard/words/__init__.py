"""The only place where sentences are made: values, periods, changes and verdicts in plain words."""
