"""Reading a circular: text in, frozen results out. `pipeline.analyse` is the door.

Plain Python, no Django. Every stage takes the whole text and returns spans over it; none edits the text.
"""
