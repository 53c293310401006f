"""Privacy: the notice, requests with their due dates, export and erasure of one pupil, how long things are kept."""
