"""What a page shows, gathered from the database into plain records."""
