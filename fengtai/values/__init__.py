"""Figures, growths and periods as reports print them, and what they say: pure Python that imports nothing of ours."""
