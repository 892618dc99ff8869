"""What an address or a form of the admin may ask for: what cannot be read is told and left out, never a server's error.

May import nothing of the house.
"""
