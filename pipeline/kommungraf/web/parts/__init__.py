"""What pages are made of: timelines, seats, passages, statements, overviews and the linked data of a thing."""
