"""The path of a digit: strokes -> digit -> {stage: maps} -> page; MNIST -> augment -> weights.

strokes             list of float32 (N, 2)          pen points in canvas pixels, x right, y down
image               uint8 (H, W), (H, W, 3 or 4)    pixels from an upload or an API call
digit               float32 (28, 28)                what the network sees, ink 1, paper 0
digits              float32 (B, 1, 28, 28)          a batch of them; as bytes uint8, ink 255
label               int                             which class was meant, counted from 0
maps                float32 (C, H, W)               what one stage of the network gave for one digit
logits              float32 (classes,)              what the last linear layer gives
log-probabilities   float32 (classes,)              what log-softmax gives; probs are exp of it
card                JSON                            where weights come from and what they score
"""
