"""The screens: parse what a person asks, call one service or selector, present what it answers."""
