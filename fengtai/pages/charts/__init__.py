"""Charts as SVG without a library: what is drawn, where it stands, the words beside it, and the file of it."""
