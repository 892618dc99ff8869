"""The deployment of deploy/, started for real on this machine: `make deploy-check`, or `python -m tests.deployment`."""
