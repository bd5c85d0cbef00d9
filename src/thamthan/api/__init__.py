"""The API for programs, /api/v1: the same doors as the pages, spoken in JSON; decides nothing."""
