"""Records of PubMed."""
