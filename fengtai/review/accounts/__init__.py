"""Accounts of staff: kept, given a first password, locked out and unlocked; each act is entered in the trail.

May import review and records/trail.
"""
