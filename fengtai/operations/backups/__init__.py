"""Backups of the whole site while it is written: made, kept for a time, verified, restored onto an empty place.

A backup is a folder that gets its name last: what was cut short never bears it. `backup.json` names every file in it
with size and SHA-256, `manifest.json` what the site held: the rows of every table, the files, the migrations.
"""
