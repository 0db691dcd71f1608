const en = {
  "title": "Convolution",
  "idea":
    "Press Play: a <kernel>kernel</kernel> of nine numbers, its weights, slides over your digit. Each of the nine <in>pixels</in> under it is multiplied by the weight on it; the products and one more number, the <bias>bias</bias>, are added up. That is <out>one pixel of the new map</out>, a feature map.\n\nThe better light and dark fit the kernel, the larger the sum: each kernel looks for one small pattern. Try another, or type your own.",
  "question":
    "After normalising, blank paper is {paper} to the network. Learned kernel {kernel} lies on nothing but blank paper. What comes out?",
  "option.zero": "Zero: nothing is there",
  "option.above": "Above zero",
  "option.below": "Below zero",
  "because":
    "Its weights add up to about {sum}, and {paper} × ({sum}) {sign} {bias} ≈ {value}. On blank paper a map need not be zero.",
  "remember":
    "The same nine weights and bias work at every place: what is learned in one corner holds in all.",
  "mistake":
    "“Somebody designed the kernels.” The classic ones, yes. These eight were random numbers before training.",
  "picture": "<in>Your digit</in> in a frame of zeros",
  "map": "<out>New map</out>: row {row}, column {column}",
  "grid.picture": "Your digit: choose the pixel to compute with the arrow keys",
  "grid.map": "The new map: choose a pixel with the arrow keys",
  "patch": "<in>Pixels</in>",
  "kernel": "<kernel>Kernel</kernel>",
  "products": "Products",
  "sum.parts": "products",
  "fault": "Each field needs a number from −{most} to {most}.",
  "bias": "Bias",
  "weight": "Weight in row {row}, column {column}",
  "learned": "Learned",
  "learned.one": "{n}",
  "classic": "Classic",
  "classic.identity": "identity",
  "classic.edge": "edges",
  "classic.sobelX": "Sobel, vertical edges",
  "classic.sobelY": "Sobel, horizontal edges",
  "classic.blur": "blur",
  "classic.sharpen": "sharpen",
};

/** @type {Record<keyof typeof en, string>} */
const zh = {
  "title": "卷积",
  "idea":
    "点播放：九个数（叫权重）组成的<kernel>卷积核</kernel>在你的数字上滑动。它盖住的九个<in>像素</in>，各乘以盖在上面的权重；九个乘积相加，再加上一个叫<bias>偏置</bias>的数，就是<out>新特征图的一个像素</out>。\n\n明暗分布与卷积核越吻合，和越大：每个卷积核都在寻找一种小图案。换一个卷积核试试，或者自己填数。",
  "question":
    "标准化之后，空白处的值是 {paper}。网络学到的第 {kernel} 个卷积核整个盖在空白处，会得到什么？",
  "option.zero": "零：那里什么也没有",
  "option.above": "大于零的数",
  "option.below": "小于零的数",
  "because":
    "它的九个权重加起来约为 {sum}，{paper} × ({sum}) {sign} {bias} ≈ {value}。所以没画的地方，特征图也不一定是零。",
  "remember": "每个位置用的都是同样十个数：九个权重和一个偏置。在一处学到的，处处都能用。",
  "mistake": "“卷积核是人设计的。”经典的那些是；网络的这八个不是，它们从随机数开始，由训练得到。",
  "picture": "<in>你的数字</in>，外加一圈零",
  "map": "<out>新特征图</out>：第 {row} 行，第 {column} 列",
  "grid.picture": "你的数字：用方向键选要计算的像素",
  "grid.map": "新的特征图：用方向键选一个像素",
  "patch": "<in>像素</in>",
  "kernel": "<kernel>卷积核</kernel>",
  "products": "乘积",
  "sum.parts": "乘积之和",
  "fault": "每格都要填 −{most} 到 {most} 之间的数。",
  "bias": "偏置",
  "weight": "第 {row} 行第 {column} 列的权重",
  "learned": "学到的",
  "learned.one": "{n}",
  "classic": "经典的",
  "classic.identity": "恒等",
  "classic.edge": "边缘",
  "classic.sobelX": "Sobel（竖边）",
  "classic.sobelY": "Sobel（横边）",
  "classic.blur": "模糊",
  "classic.sharpen": "锐化",
};

export const words = { en, zh };
