"""What is left to do, who answers for it, and the file that goes to the coordinator."""
