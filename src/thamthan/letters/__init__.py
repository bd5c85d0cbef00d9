"""หนังสือ: received, read, confirmed, registered."""
