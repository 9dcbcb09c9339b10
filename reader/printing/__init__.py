"""Pages for paper and PDF, laid out with QtGui."""
