"""What the system consists of, what is known to be wrong with it, and what runs out: nothing here asks the network."""
