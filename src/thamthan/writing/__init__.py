"""Facts in, document out: letters, memos, books and slips in the official forms. No framework."""
