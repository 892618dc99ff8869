"""How a page is told elsewhere: its title, address, citation and linked data; may import downloads and below."""
