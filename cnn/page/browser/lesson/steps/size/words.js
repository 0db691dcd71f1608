const en = {
  "title": "Size",
  "idea":
    "How large is <out>the new map</out>? It has a pixel for each place where <kernel>the kernel</kernel> can stand.\n\nA larger <kernel>kernel F</kernel> has fewer places. A <b>stride S</b> skips some of them. <b>Padding P</b> lays a frame of zeros around the picture, so there are more.",
  "question":
    "Your digit is 28 pixels wide. A kernel of 3, stride 2, no padding: how wide is the map?",
  "option": "{n}",
  "because":
    "⌊(28 − 3 + 2 × 0) ÷ 2⌋ + 1 = ⌊12.5⌋ + 1 = 13. After 13 places one column is left over: too few for another step.",
  "remember":
    "⌊(W − F + 2P) ÷ S⌋ + 1: count the steps that fit, then add the place where you began.",
  "mistake":
    "“Padding shows the network more.” The frame is only zeros. It lets the kernel stand on the very edge, and keeps the map from shrinking.",
  "of": "The picture",
  "of.cut": "a cut of your digit, 12 × 9",
  "of.whole": "all of it, 28 × 28",
  "F": "Kernel F",
  "S": "Stride S",
  "P": "Padding P",
  "picture": "<in>Picture</in>: {width} × {height}, with its frame {framedWidth} × {framedHeight}",
  "picture.bare": "<in>Picture</in>: {width} × {height}",
  "map": "<out>Map</out>: {width} × {height}",
  "grid.picture": "The picture; the outline is where the kernel stands",
  "grid.map": "The map, a pixel for each place of the kernel",
  "width": "Width",
  "height": "Height",
  "formula":
    "⌊(<in>{W}</in> − <kernel>{F}</kernel> + 2 × {P}) ÷ {S}⌋ + 1 = ⌊{inner}⌋ + 1 = <out>{out}</out>",
  "fits": "Every pixel is read: the steps come out even.",
  "unread.width":
    "The steps don’t come out even: no kernel reaches what is hatched. Columns: {columns}.",
  "unread.height":
    "The steps don’t come out even: no kernel reaches what is hatched. Rows: {rows}.",
  "unread.both":
    "The steps don’t come out even: no kernel reaches what is hatched. Columns: {columns}, rows: {rows}.",
  "none":
    "A kernel of {F} does not fit into {framedWidth} × {framedHeight}: there is no map. Make it smaller, or the padding larger.",
  "mean": "Here the kernel takes the mean of what lies under it.",
  "network":
    "In this network: a convolution with F = {F}, S = {S}, P = {P} keeps 28 at {conv}; pooling with F = {poolF}, S = {poolS} makes it {pool}.",
};

/** @type {Record<keyof typeof en, string>} */
const zh = {
  "title": "尺寸",
  "idea":
    "<out>新特征图</out>有多大？<kernel>卷积核</kernel>能停几个位置，它就有几个像素。\n\n<kernel>卷积核 F</kernel> 越大，位置越少。<b>步长 S</b> 会跳过一些位置。<b>填充 P</b> 在图的四周加一圈零，位置就变多。",
  "question": "你的数字宽 28 像素。卷积核为 3，步长为 2，不填充：特征图有多宽？",
  "option": "{n}",
  "because": "⌊(28 − 3 + 2 × 0) ÷ 2⌋ + 1 = ⌊12.5⌋ + 1 = 13。停了 13 处之后还剩一列，不够再走一步。",
  "remember": "⌊(W − F + 2P) ÷ S⌋ + 1：数一数能走几步，再加上起点。",
  "mistake":
    "“填充让网络看到更多。”那一圈只是零。它让卷积核能以最边上的像素为中心，并让特征图不变小。",
  "of": "用哪张图",
  "of.cut": "从你的数字中截取 12 × 9",
  "of.whole": "整张 28 × 28",
  "F": "卷积核 F",
  "S": "步长 S",
  "P": "填充 P",
  "picture": "<in>图</in>：{width} × {height}，加上外圈 {framedWidth} × {framedHeight}",
  "picture.bare": "<in>图</in>：{width} × {height}",
  "map": "<out>特征图</out>：{width} × {height}",
  "grid.picture": "输入图；方框是卷积核所在的位置",
  "grid.map": "特征图，卷积核每停一处就是一个像素",
  "width": "宽",
  "height": "高",
  "formula":
    "⌊(<in>{W}</in> − <kernel>{F}</kernel> + 2 × {P}) ÷ {S}⌋ + 1 = ⌊{inner}⌋ + 1 = <out>{out}</out>",
  "fits": "步子正好走完：每个像素都读到了。",
  "unread.width": "步子走不完整：斜线处卷积核永远到不了，共 {columns} 列。",
  "unread.height": "步子走不完整：斜线处卷积核永远到不了，共 {rows} 行。",
  "unread.both": "步子走不完整：斜线处卷积核永远到不了，共 {columns} 列、{rows} 行。",
  "none":
    "{F} × {F} 的卷积核放不进 {framedWidth} × {framedHeight}：得不到特征图。请减小 F，或增大 P。",
  "mean": "这里的卷积核取它盖住的像素的平均值。",
  "network":
    "在这个网络里：卷积用 F = {F}、S = {S}、P = {P}，28 仍是 {conv}；池化用 F = {poolF}、S = {poolS}，变成 {pool}。",
};

export const words = { en, zh };
