const en = {
  "title": "What it sees",
  "idea":
    "The network never sees your pad. It sees <in>28 × 28 numbers</in>: 1 where there is ink, 0 where there is paper.\n\nOn the way there, your drawing is made to look like the digits that it learned from. Switch a part off and watch the answer.",
  "question":
    "Say you draw this {digit} small, in a corner, and the pad is just shrunk to 28 × 28. What does the network read?",
  "option.same": "Still a {digit}",
  "option.other": "Something else",
  "because":
    "Just shrunk, it reads {raw} ({rawProb}). Cropped, scaled and centred, the same ink gives {done} ({doneProb}).",
  "remember":
    "A network is at its best on pictures made as those it learned from: the preparation is half of the reading.",
  "mistake":
    "“A CNN finds a digit of any size, anywhere.” It tolerates a shift of a pixel or two, hardly more. Centring does the rest.",
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
  "on.twenty": "{scale} px for 10 of the pad’s",
  "on.mass": "moved by {x} → and {y} ↓ px",
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
  "pen": "Each time the ink is drawn anew, with a pen 2.4 px wide, as MNIST’s digits have it.",
  "grid": "28 × 28 pixels, as the network gets them",
};

/** @type {Record<keyof typeof en, string>} */
const zh = {
  "title": "它看到什么",
  "idea":
    "网络看不到画板，它看到的是 <in>28 × 28 个数</in>：墨是 1，纸是 0。\n\n在这之前，你的画要先整理成它训练时见过的样子。关掉其中一步，看看回答怎么变。",
  "question":
    "假如你把这个 {digit} 画得很小、缩在角落里，再把整个画板直接缩成 28 × 28，网络会读出什么？",
  "option.same": "还是 {digit}",
  "option.other": "别的数字",
  "because":
    "直接缩小时，它读出 {raw}（{rawProb}）。裁剪、缩放、居中之后，同样的笔迹读出 {done}（{doneProb}）。",
  "remember": "输入越像训练时见过的图，网络读得越准：预处理是读懂的一半。",
  "mistake": "“CNN 能认出任何位置、任何大小的数字。”其实它只容忍一两个像素的移动，剩下的靠居中。",
  "where": "你的笔迹",
  "where.drawn": "和画的一样",
  "where.corner": "很小，在角落里",
  "part.ink": "画板上的墨",
  "part.crop": "裁剪到墨迹",
  "part.twenty": "长边缩到 20 像素",
  "part.mass": "按重心居中",
  "part.normal": "标准化",
  "off": "关：{what}",
  "off.crop": "用整个画板",
  "off.twenty": "占满 28 像素",
  "off.mass": "按外框居中",
  "off.normal": "墨 1，纸 0",
  "on.crop": "画板 280 中的 {width} × {height}",
  "on.twenty": "画板上 10 变成 {scale} 像素",
  "on.mass": "移动 {x} → 和 {y} ↓ 像素",
  "on.normal": "纸 {paper}，墨 {ink}",
  "gets": "网络得到的",
  "worth": "在这幅画上，每一步值多少",
  "way.raw": "直接缩小",
  "way.box": "裁剪、20 像素、按外框居中",
  "way.mass": "……改为按重心居中",
  "way.yours": "按上面的设置",
  "reads": "读出 {digit}",
  "picture": "图片由服务器裁剪、缩放、居中。画一个数字，就能在这里逐步试。",
  "pen": "每次都用 2.4 像素宽的笔重新描一遍，和 MNIST 的数字一样。",
  "grid": "网络得到的 28 × 28 个像素",
};

export const words = { en, zh };
