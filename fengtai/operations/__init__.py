"""What keeps the site running, tells how it does, and answers when a part of it fails."""
