"""The program with the figures of every area of England: made, loaded and measured side by side."""
