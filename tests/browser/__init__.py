"""The journeys in a real browser: Chromium, keyboard, axe."""
