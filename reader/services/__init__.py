"""Work on a library and its notes that window, workers and command line share. No Qt."""
