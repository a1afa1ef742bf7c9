"""The only SELECTs of the dashboard. Every one says who is looking."""
