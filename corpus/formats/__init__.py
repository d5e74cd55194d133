"""Whether every look and format of the same documents gives the same facts as their clean text."""
