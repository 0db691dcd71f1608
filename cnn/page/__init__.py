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
doors.py        which requests come in, and within which bounds
connections.py  how many are open, and how long one may keep the server waiting
body_limit.py   the bodies of requests: how large, how slow, how many bytes of all at once
uploads.py      one file an upload, and what it is called outside
upload_folder.py  where they lie: a folder of this server's own
turnstile.py    few at once where a picture is decoded, some in line
allowance.py    so many bytes a day, and no more
refusal.py      what a request is told that is not served
headers.py      what the browser is told to keep to
services.py     what the server does for the page: three addresses
api.py          the endpoint /predict, for programs
corrections.py  keeping a correction, where the page may
mnist.py        a random MNIST digit
browser/        plain modules, styles and HTML, served as they are
"""
