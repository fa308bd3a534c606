"""What templates can ask for by themselves."""
