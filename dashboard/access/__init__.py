"""Who somebody is, what they may do, and the one place where that is asked."""
