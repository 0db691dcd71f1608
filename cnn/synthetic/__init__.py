"""Digits and non-digits that the project draws itself.

styles.py        how the world writes its digits: a table of paths
negatives.py     letters, shapes and scribbles: what is not a digit
filled.py        filled shapes, which are not digits either
splines.py       a path's text -> smooth curves
handwriting.py   the curves, varied as handwriting varies
pictures.py      drawings painted with a thick pen, then read from the painting
generate.py      synthetic digits and non-digits from all of these
sheet.py         every style on one picture
"""
