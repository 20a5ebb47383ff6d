"""Files that hold other files: archives, and what is found within any file."""
