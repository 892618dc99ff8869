"""The desk, the admin's first page: what waits for whoever looks, in queues that are declared once each."""
