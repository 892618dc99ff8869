"""What is kept between requests, and until which write; imports nothing of ours."""
