"""The tests: unit, integration, browser, house, bench."""
