"""What the browser gets: the sketchpad, the answer, the network view, and the words for them.

looker.py       one drawing in, everything the page shows out
verdict.py      from odds to what the page says
payload.py      what a browser may send, bounded and checked before it is used
guard.py        the size of a request bounded before it is parsed
upload.py       the door for programs
teacher.py      keeping a correction, where the page may
mnist.py        a random MNIST digit
parts.py        the parts of the page as gr.HTML components
browser/        plain modules, styles and HTML, served as they are
"""
