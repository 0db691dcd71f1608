"""What the browser gets: the sketchpad, the answer, the network view, and the words for them.

looker.py       one drawing in, everything the page shows out
payload.py      what a browser may send, bounded and checked before it is used
guard.py        the size of a request bounded before it is parsed
parts.py        the parts of the page as gr.HTML components
*.js, *.css     plain modules and styles, served as they are
"""
