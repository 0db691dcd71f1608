const en = {
  "title": "What it sees",
  "idea":
    "The network, a convolutional neural network (CNN), never sees your pad. It gets <in>28 × 28 numbers</in>: 1 for ink, 0 for paper, in between at the edge of a stroke.\n\nOf the 92,000 pictures that it learned from, 57,000 are from MNIST, a famous collection of handwritten digits, all framed alike. So your drawing is framed like them. Switch a part off and watch.",
  "question":
    "Suppose you draw this {digit} small, in a corner, and the whole pad is just shrunk to 28 × 28. What does the network read?",
  "option.same": "Still a {digit}",
  "option.other": "Something else",
  "because":
    "Just shrunk, it reads {raw} ({rawProb}); cropped, scaled and centred, {done} ({doneProb}). All digits that it learned from were large and in the middle.",
  "because.silent":
    "Just shrunk, no neuron fires; cropped, scaled and centred, it reads {done} ({doneProb}). All digits that it learned from were large and in the middle.",
  "remember":
    "A network reads best what looks like what it learned from: prepare every picture as those were prepared.",
  "mistake":
    "“A CNN finds a digit of any size, anywhere.” On average, this one tolerates a shift of a pixel or two.",
  "where": "Your ink is",
  "where.drawn": "as you drew it",
  "where.corner": "small, in a corner",
  "part.ink": "Ink",
  "part.crop": "Crop",
  "part.twenty": "Scale",
  "part.mass": "Centre",
  "part.normal": "Normalise",
  "off": "off: {what}",
  "off.crop": "the whole pad",
  "off.twenty": "fills all 28 px",
  "off.mass": "centred by its box",
  "off.normal": "ink 1, paper 0",
  "on.crop": "{width} × {height} of {canvas} × {canvas}",
  "on.twenty": "{extent} become {path} px, pen adds {pen} px",
  "on.twenty.pad": "{extent} become {path} px",
  "on.mass": "{moved}",
  "on.normal": "paper {paper}, ink {ink}",
  "worth": "What each part is worth, on this drawing",
  "way.raw": "Just shrunk",
  "way.box": "Cropped, scaled, centred by its box",
  "way.mass": "… by its centre of mass",
  "way.yours": "As you set it above",
  "reads": "reads {digit}",
  "reads.nothing": "nothing",
  "picture":
    "For a picture, the server crops, scales and centres. Draw a digit to try each part here.",
  "how":
    "Scale: the longer side becomes 20 px, with MNIST’s usual pen of {pen} px. Centre: the point at which the ink would balance goes to the middle. Normalise: (x − {mean}) ÷ {std}, with the mean and the spread of MNIST’s training pixels.",
  "grid": "28 × 28 pixels, as the network gets them",
};

/** @type {Record<keyof typeof en, string>} */
const zh = {
  "title": "它看到什么",
  "idea":
    "这个卷积神经网络（CNN）看不到画板，只看到 <in>28 × 28 个数</in>：笔画处为 1、空白处为 0，笔画边缘介于两者之间。\n\n它学过 92,000 张图片，其中 57,000 张来自著名的手写数字集 MNIST，那里的数字都按同一种方式摆放。所以你的画也要照样摆好。关掉其中一步，看看回答怎么变。",
  "question":
    "假如你把这个 {digit} 画得很小，缩在角落里，再把整个画板直接缩成 28 × 28，网络会读作什么？",
  "option.same": "还是 {digit}",
  "option.other": "别的数字",
  "because":
    "直接缩小时，它读作 {raw}（{rawProb}）；裁剪、缩放、居中之后，读作 {done}（{doneProb}）。它学过的数字，个个都又大又居中。",
  "because.silent":
    "直接缩小时，没有一个神经元被激活；裁剪、缩放、居中之后，读作 {done}（{doneProb}）。它学过的数字，个个都又大又居中。",
  "remember": "图片越像学过的样子，网络读得越准。所以学的时候怎么处理，读的时候就怎么处理。",
  "mistake":
    "“CNN 能认出任何位置、任何大小的数字。”其实平均来看，移动一两个像素它还认得，再多就不行了。",
  "where": "你的笔画",
  "where.drawn": "按你画的样子",
  "where.corner": "缩小，放到角落",
  "part.ink": "笔画",
  "part.crop": "裁剪",
  "part.twenty": "缩放",
  "part.mass": "居中",
  "part.normal": "标准化",
  "off": "关：{what}",
  "off.crop": "用整个画板",
  "off.twenty": "占满 28 像素",
  "off.mass": "按外框居中",
  "off.normal": "笔画处 1，空白处 0",
  "on.crop": "从 {canvas} × {canvas} 中裁出 {width} × {height}",
  "on.twenty": "{extent} 变成 {path} 像素，笔宽再加 {pen} 像素",
  "on.twenty.pad": "{extent} 变成 {path} 像素",
  "on.mass": "{moved}",
  "on.normal": "空白处 {paper}，笔画处 {ink}",
  "worth": "对这幅画，每一步有多大作用",
  "way.raw": "直接缩小",
  "way.box": "裁剪、缩放、按外框居中",
  "way.mass": "……改为按重心居中",
  "way.yours": "按上面的设置",
  "reads": "读作 {digit}",
  "reads.nothing": "读不出",
  "picture": "图片由服务器裁剪、缩放、居中。画一个数字，就能在这里逐步试。",
  "how":
    "缩放：长边变成 20 像素，笔宽 {pen} 像素，和 MNIST 里常见的一样。居中：把笔画的重心移到正中。标准化：(x − {mean}) ÷ {std}，这两个数是 MNIST 训练集所有像素的平均值和标准差。",
  "grid": "网络得到的 28 × 28 个像素",
};

export const words = { en, zh };
