"""What programs and search engines ask of the whole site: data pages, site maps, feed; may import pages and below."""
