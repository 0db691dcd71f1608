const en = {
  "title": "Convolution",
  "idea":
    "Press Play: a <kernel>kernel</kernel> of nine numbers, its weights, slides over your digit. It always lies on nine <in>pixels</in>. Each pixel is multiplied by the weight on it; the nine products and one more number, the <bias>bias</bias>, are added up. That is <out>one pixel of the new map</out> (in full: feature map).\n\nThe sum is large where the pixels look like the kernel: each kernel searches for one small pattern. Step with Space or point anywhere on the picture; then try another kernel, or type your own.",
  "question":
    "After normalising, blank paper is {paper} to the network. Learned kernel {kernel} lies on nothing but blank paper. What comes out?",
  "option.zero": "Zero: nothing is there",
  "option.above": "Above zero",
  "option.below": "Below zero",
  "because":
    "Its nine weights add up to {sum}. On blank paper that is {paper} × ({sum}), and with the bias {bias} it makes {value}. So a map need not be zero where you drew nothing.",
  "remember":
    "The same ten numbers, nine weights and a bias, are used at every place: what is learned in one corner works in all of them.",
  "mistake":
    "“Somebody designed the kernels.” The classic ones, yes. The network’s eight were found by training, starting from random numbers.",
  "picture": "<in>Your digit</in> in a frame of zeros",
  "map": "<out>The new map</out>",
  "grid.picture": "Your digit: choose the pixel to compute with the arrow keys",
  "grid.map": "The new map: choose a pixel with the arrow keys",
  "patch": "<in>Pixels</in>",
  "kernel": "<kernel>Kernel</kernel>",
  "products": "Products",
  "sum": "{sum} <bias>{sign} {bias}</bias> = <out>{value}</out>",
  "sum.words": "Sum of the products, and the bias",
  "bias": "Bias",
  "weight": "Weight in row {row}, column {column}",
  "place": "row {row}, column {column}",
  "learned": "A kernel that the network learned",
  "learned.one": "{n}",
  "classic": "Or a classic one; each number can be changed",
  "classic.identity": "identity",
  "classic.edge": "edges",
  "classic.sobelX": "Sobel, sideways",
  "classic.sobelY": "Sobel, downwards",
  "classic.blur": "blur",
  "classic.sharpen": "sharpen",
};

/** @type {Record<keyof typeof en, string>} */
const zh = {
  "title": "卷积",
  "idea":
    "点播放：九个数（叫权重）组成的<kernel>卷积核</kernel>在你的数字上滑动，每次盖住九个<in>像素</in>。每个像素乘以盖在上面的权重，九个乘积相加，再加上一个叫<bias>偏置</bias>的数，就是<out>新特征图的一个像素</out>。\n\n像素和卷积核越像，得数越大：每个卷积核都在寻找一种小图案。按空格一步一步走，或者指向图上任意一处；再换一个卷积核，或者自己填数。",
  "question":
    "标准化之后，空白的纸是 {paper}。网络学到的第 {kernel} 个卷积核整个盖在空白处，会得到什么？",
  "option.zero": "零：那里什么也没有",
  "option.above": "大于零的数",
  "option.below": "小于零的数",
  "because":
    "它的九个权重之和是 {sum}。盖在空白处就是 {paper} × ({sum})，再加上偏置 {bias}，得 {value}。所以没画的地方，特征图也不一定是零。",
  "remember": "每个位置用的都是同样十个数：九个权重和一个偏置。在一处学会的，处处都会。",
  "mistake": "“卷积核是人设计的。”经典的那些是，网络的这八个不是：它们从随机数开始，由训练得到。",
  "picture": "<in>你的数字</in>，外加一圈零",
  "map": "<out>新的特征图</out>",
  "grid.picture": "你的数字：用方向键选要计算的像素",
  "grid.map": "新的特征图：用方向键选一个像素",
  "patch": "<in>像素</in>",
  "kernel": "<kernel>卷积核</kernel>",
  "products": "乘积",
  "sum": "{sum} <bias>{sign} {bias}</bias> = <out>{value}</out>",
  "sum.words": "乘积之和，再加偏置",
  "bias": "偏置",
  "weight": "第 {row} 行第 {column} 列的权重",
  "place": "第 {row} 行，第 {column} 列",
  "learned": "网络学到的卷积核",
  "learned.one": "{n}",
  "classic": "或者经典的卷积核；每个数都可以改",
  "classic.identity": "恒等",
  "classic.edge": "边缘",
  "classic.sobelX": "Sobel 横向",
  "classic.sobelY": "Sobel 纵向",
  "classic.blur": "模糊",
  "classic.sharpen": "锐化",
};

export const words = { en, zh };
