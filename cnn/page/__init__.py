"""What the browser gets: the pad, the answer, the network, and the words for them.

components.py   the parts of the page as gr.HTML components
predictor.py    one drawing in, everything that the page shows out
verdict.py      from probabilities to what the page says
payload.py      what a browser may send, bounded and checked before it is used
body_limit.py   the size of a request bounded before it is parsed
api.py          the endpoint /predict, for programs
corrections.py  keeping a correction, where the page may
mnist.py        a random MNIST digit
browser/        plain modules, styles and HTML, served as they are
"""
