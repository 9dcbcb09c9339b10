"""The parts of the window as a person meets them: found by name, role and words.

One module a pane or dialog. A driver presses and clicks as a person does, and gives back what a
person sees: visible words, states, and what is painted.
"""
