"""The deployed site under load, beside a plain one: `make load`, or `python -m tests.load`. And many writers."""
