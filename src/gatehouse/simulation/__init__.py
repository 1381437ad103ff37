"""A made-up nation that uses the house through the same doors as a real one."""
