"""The command line; decides nothing."""
