"""The demo province Minh Sơn: synthetic people and schools, made through everybody's actions on the day of each fact."""
