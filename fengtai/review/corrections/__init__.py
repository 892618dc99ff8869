"""What readers say is wrong: their reports, the numbers they ask by, what the office answered and what it publishes.

A report is for those who keep the record that it is about, and holds personal data; what is published is the office's
own sentence, in a table of its own.
"""
