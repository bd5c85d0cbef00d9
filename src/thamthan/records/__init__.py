"""แฟ้มและประวัติ: what is written once and never changed."""
