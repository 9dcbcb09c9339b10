"""What plain prose has: lines, headings, references."""
