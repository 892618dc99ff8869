"""Corrections in public: the form that takes a report, the page of a number, and what was corrected, with dates."""
