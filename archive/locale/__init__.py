"""Words and forms of the languages of the interface."""
