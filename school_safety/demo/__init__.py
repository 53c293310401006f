"""The demo province Minh Sơn: invented people and schools, made through everybody's actions on each fact's day."""
