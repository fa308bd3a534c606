"""`make bench`: how fast texts are read, how fast the archive answers, and how others answer the same questions.

    vocabulary, corpus, questions   the seeded corpus and the 200 questions, written to files that every contender reads
    contender                       what a contender is; archive, stock, fts5, postgresql, whoosh_direct, tantivy_engine
    worker, processes, contest      each contender in a process of its own, asked round by round in turns
    first_page                      the HTML page through gunicorn on loopback
    reading, laws                   the stages of analysis; Chinese strings against literal truth
    figures, report                 medians and percentiles; Markdown and JSON

Nothing here is imported by the archive, and nothing touches its data folder: all state is in a folder of the run's own.
"""
