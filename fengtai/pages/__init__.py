"""List page, detail page, home, search and API description; may import downloads and whatever that may."""
