"""Strokes or image -> digit, in MNIST's own frame; a written number -> its digits.

strokes.py   strokes -> digit; strokes as flat lists of numbers and back
ink.py       image -> ink: which pixels are ink
image.py     image -> ink -> digit
sheet.py     a sheet of paper on a desk -> the sheet alone
segment.py   an image of a number -> its digits and marks from left to right
boxes.py     which strokes or connected parts are one digit
marks.py     which are a point, a comma or a minus sign beside digits
touching.py  digits that touch in an image -> parts of their own
cuts.py    where to cut them, as the network says; crossings.py: lines across the ink
frame.py     what strokes and images share: MNIST's frame and the pen that inks it
"""

from cnn.preprocess.image import digit_from_image
from cnn.preprocess.strokes import digit_from_strokes

__all__ = ["digit_from_image", "digit_from_strokes"]
