"""Haystack on Whoosh as they come: a model, an index class and the settings of the tutorial."""
