"""The platform's speed, measured beside what others use for the same: `make bench` writes docs/performance.md."""
