"""What a lane shows to the person in it: one instruction a screen, a picture that moves, in the language they read."""
