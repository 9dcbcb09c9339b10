"""Starting on a bare Python: a private environment, and what the system lacks.

Standard library only.
"""
