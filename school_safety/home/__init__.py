"""The first page of every role, and the state of the process."""
