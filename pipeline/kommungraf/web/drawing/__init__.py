"""Graphics as SVG for everybody: text that stays text, patterns beside colours, links that have names."""
