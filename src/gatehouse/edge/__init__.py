"""The machine API: what lanes and desks say to the centre, over HTTP and typed."""
