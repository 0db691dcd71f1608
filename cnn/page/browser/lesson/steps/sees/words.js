const en = {
  "title": "What it sees",
  "idea":
    "The network, a convolutional neural network (CNN), never sees your pad. It gets <in>28 × 28 numbers</in>: 1 for ink, 0 for paper, something in between at the edge of a stroke.\n\nIt learned mostly from MNIST, a famous collection of handwritten digits. All of them are framed in the same way, so your drawing is framed like them. Switch a part off and watch the answer.",
  "question":
    "Suppose you draw this {digit} small, in a corner, and the whole pad is just shrunk to 28 × 28. What does the network read?",
  "option.same": "Still a {digit}",
  "option.other": "Something else",
  "because":
    "Just shrunk, it reads {raw} ({rawProb}). Cropped, scaled and centred, the same ink gives {done} ({doneProb}). The digits that it learned from were all large and in the middle.",
  "remember":
    "A network reads best what looks like the pictures it learned from. So prepare every picture as those were prepared.",
  "mistake":
    "“A CNN finds a digit of any size, anywhere.” This one tolerates a shift of a pixel or two, hardly more (see “Why not flatten?”). Centring does the rest.",
  "where": "Your ink is",
  "where.drawn": "as you drew it",
  "where.corner": "small, in a corner",
  "part.ink": "Ink on the pad",
  "part.crop": "Crop to the ink",
  "part.twenty": "Longer side 20 px",
  "part.mass": "Centre of mass",
  "part.normal": "Normalise",
  "off": "off: {what}",
  "off.crop": "the whole pad",
  "off.twenty": "fills all 28 px",
  "off.mass": "centred by its box",
  "off.normal": "ink 1, paper 0",
  "on.crop": "{width} × {height} of the pad’s 280",
  "on.twenty": "10 of the pad’s become {scale} px",
  "on.mass": "{moved}",
  "on.normal": "paper {paper}, ink {ink}",
  "gets": "What the network gets",
  "worth": "What each part is worth, on this drawing",
  "way.raw": "Just shrunk",
  "way.box": "Cropped, 20 px, centred by its box",
  "way.mass": "… by its centre of mass",
  "way.yours": "As you set it above",
  "reads": "reads {digit}",
  "picture":
    "For a picture, the server crops, scales and centres. Draw a digit to try each part here.",
  "pen":
    "Each time the ink is drawn anew, with a pen 2.4 px wide: the median of MNIST’s digits. The centre of mass is the point at which the ink would balance.",
  "grid": "28 × 28 pixels, as the network gets them",
};

/** @type {Record<keyof typeof en, string>} */
const zh = {
  "title": "它看到什么",
  "idea":
    "这个卷积神经网络（CNN）看不到画板，只看到 <in>28 × 28 个数</in>：墨是 1，纸是 0，笔画边缘在两者之间。\n\n它主要学自著名的手写数字集 MNIST，那里的数字都按同一种方式摆放，你的画也要照样摆好。关掉其中一步，看看回答怎么变。",
  "question":
    "假如你把这个 {digit} 画得很小、缩在角落里，再把整个画板直接缩成 28 × 28，网络读出什么？",
  "option.same": "还是 {digit}",
  "option.other": "别的数字",
  "because":
    "直接缩小时，它读出 {raw}（{rawProb}）。裁剪、缩放、居中之后，同样的笔迹读出 {done}（{doneProb}）。它学过的数字，个个又大又居中。",
  "remember": "图片越像学过的样子，网络读得越准。所以学的时候怎么处理，读的时候就怎么处理。",
  "mistake":
    "“CNN 能认出任何位置、任何大小的数字。”其实这一个只容忍一两个像素的移动（见“为什么不直接展平？”），剩下的靠居中。",
  "where": "你的笔迹",
  "where.drawn": "照你画的",
  "where.corner": "缩小，放到角落",
  "part.ink": "画板上的墨",
  "part.crop": "裁剪到墨迹",
  "part.twenty": "长边 20 像素",
  "part.mass": "按重心居中",
  "part.normal": "标准化",
  "off": "关：{what}",
  "off.crop": "用整个画板",
  "off.twenty": "占满 28 像素",
  "off.mass": "按外框居中",
  "off.normal": "墨 1，纸 0",
  "on.crop": "280 中取 {width} × {height}",
  "on.twenty": "画板上 10 像素变成 {scale} 像素",
  "on.mass": "{moved}",
  "on.normal": "纸 {paper}，墨 {ink}",
  "gets": "网络得到的",
  "worth": "对这幅画，每一步有多大作用",
  "way.raw": "直接缩小",
  "way.box": "裁剪、20 像素、按外框居中",
  "way.mass": "……改为按重心居中",
  "way.yours": "按上面的设置",
  "reads": "读出 {digit}",
  "picture": "图片由服务器裁剪、缩放、居中。画一个数字，就能在这里逐步试。",
  "pen":
    "每次都用 2.4 像素宽的笔重新描一遍，这是 MNIST 笔画宽度的中位数。重心：墨若有重量，就在这一点上保持平衡。",
  "grid": "网络得到的 28 × 28 个像素",
};

export const words = { en, zh };
