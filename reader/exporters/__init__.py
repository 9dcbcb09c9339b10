"""One module a format, each with write(notebook, out); FORMATS says which there are."""
