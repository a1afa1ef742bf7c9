"""What people take away: data and charts as files that any program may open safely."""
