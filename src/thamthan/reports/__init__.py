"""รายงานและการรวมผล: what is said about the orders, typed once, and the sums that go up."""
