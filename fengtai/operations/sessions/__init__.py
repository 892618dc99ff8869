"""Sessions of staff: how long one lasts, what ends it, and all of somebody's at once."""
