"""The road of a digit: strokes -> digit -> {stage: maps} -> page; MNIST -> augment -> weights.

strokes     list of float32 (N, 2)          pen points in canvas pixels, x right, y down
drawing     uint8 (H, W, 3 or 4)            pixels from an upload or an API call
digit       float32 (28, 28)                what the network sees, ink 1, paper 0
digits      float32 (B, 1, 28, 28)          a batch of them
maps        float32 (C, H, W)               what one stage of the network gave for one digit
odds        float32 (10,)                   probabilities, sum 1
card        JSON                            where a weights file comes from and what it scores
"""
