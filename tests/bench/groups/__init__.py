"""One module per group of numbers; each has `measure(sites) -> list[Line]`."""
