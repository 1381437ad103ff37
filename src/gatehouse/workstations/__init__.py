"""The agent at a desk: it finds devices, reads documents, and offers both to the console over a local WebSocket."""
