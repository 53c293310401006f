"""School Safety (Trường học an toàn số): one package a domain, ordered from `kit` (lowest) to `factory` (highest)."""
