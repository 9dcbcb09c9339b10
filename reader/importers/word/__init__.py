"""Paragraphs and tables of word processors, shared by Word files and Rich Text."""
