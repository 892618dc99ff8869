"""An invented district, full enough to judge the site by: `make demo`. It needs nothing but requirements.txt."""
