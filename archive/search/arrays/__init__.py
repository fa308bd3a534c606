"""Array postings: an index of Whoosh whose postings are NumPy arrays, evaluated whole."""
