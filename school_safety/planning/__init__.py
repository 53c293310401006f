"""Plans and their targets, schools' declarations and programmes, what took place, its evidence and its verification."""
