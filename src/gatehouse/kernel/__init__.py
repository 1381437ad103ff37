"""Value types that every room shares. Knows no Django and no country."""
