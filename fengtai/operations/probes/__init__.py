"""What a balancer or a watch asks: whether the process lives, and whether it can serve, part by part."""
