"""Training steps of the PyTorch libraries that ours is measured against; one file a library."""
