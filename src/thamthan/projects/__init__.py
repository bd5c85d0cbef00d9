"""โครงการ: what a house does about its orders, with what money, and what there is to see."""
