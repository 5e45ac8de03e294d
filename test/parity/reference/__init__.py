"""mdctr's backbones and methods in plain PyTorch, written from the papers: slow, row by row, float64."""
