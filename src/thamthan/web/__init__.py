"""Pages in Thai; decides nothing."""
