"""The pages for families: what they say, and how that is drawn on a screen and on paper."""
