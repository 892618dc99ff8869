"""What a second person looks at before a record is released: the checklist of what stands against it."""
