"""What the browser gets: the pad, the answer, the network, and the words for them.

site.py         the page's HTML, its head and its files, the same for every host
component.py    the page as a Gradio component
document.py     the page's head in Gradio's document
export.py       the page for a static host: python -m cnn.page.export
joined.py       the browser's modules as one file
zerogpu.py      what Hugging Face's ZeroGPU asks of a Space
predictor.py    what the server reads: pictures
verdict.py      from probabilities to what the page says
payload.py      what a browser may send, bounded and checked before it is used
body_limit.py   the size of a request bounded before it is parsed
api.py          the endpoint /predict, for programs
corrections.py  keeping a correction, where the page may
mnist.py        a random MNIST digit
browser/        plain modules, styles and HTML, served as they are
"""
