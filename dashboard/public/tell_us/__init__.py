"""Where families tell us whether a page was easy to understand, without saying who they are."""
