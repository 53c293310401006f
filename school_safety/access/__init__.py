"""Who may do what, where; the guard that enforces it; and the tamper-evident log of what was done."""
