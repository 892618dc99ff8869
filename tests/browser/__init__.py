"""The site in a real browser: main ways, every kind of page, paper and speed. Windows close with this folder."""
