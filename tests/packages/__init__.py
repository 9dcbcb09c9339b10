"""What is handed over: wheels, installers."""
