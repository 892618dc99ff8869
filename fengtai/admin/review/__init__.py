"""Review in the admin: the queue of what waits, the page of one draft or change, its preview, and acts upon many."""
