"""Thamthan (ทำทัน): carries an official order down to every office and its result up again."""
