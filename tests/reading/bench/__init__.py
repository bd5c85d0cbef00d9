"""Letters of our own making with their truth, worn in three ways, and how well they are read."""
