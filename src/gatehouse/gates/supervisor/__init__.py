"""The supervisor's desk: up to ten lanes on one screen, each with what it is doing and what an officer may tell it."""
