"""The curriculum, without a database."""
