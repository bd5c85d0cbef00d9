"""What every Thai office knows: digits, words, dates, letter numbers and the forms of a letter."""
