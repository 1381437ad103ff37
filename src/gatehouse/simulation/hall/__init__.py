"""A day of an airport's halls: people come by flights, wait for lanes and desks, and pass. A model, not the lanes."""
