"""ข้อสั่งการ: the orders of letters, handed down, everyone's own tasks, and what came of them."""
