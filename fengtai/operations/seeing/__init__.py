"""What those who run the site can see of it: the log, slow queries, what each request cost, probes, measures."""
