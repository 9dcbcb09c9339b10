"""The law of conservation: what a file shows a person is in the document or on its list.

`counters` read the visible words of files without our importers; `law` compares; `makers` write
files with words that a loss would be seen in.
"""
