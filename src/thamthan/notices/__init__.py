"""แจ้งเตือน: who must hear of what, by which way, and whether it went."""
