"""The storm: pupils at work while networks are cut and workers, databases and browsers are killed; then the count."""
