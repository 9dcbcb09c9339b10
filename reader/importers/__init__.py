"""One module a format, each with read(path) -> Reading; IMPORTERS says which for which file."""
