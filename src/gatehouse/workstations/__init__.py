"""The program at the desk or in the officer's hand: the devices that read documents, faces and fingers."""
