"""Working days in England: pure functions, no Django, no clock; every day and moment is given."""
