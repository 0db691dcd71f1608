const en = {
  "title": "Size",
  "idea":
    "How large is <out>the new map</out>? It has one pixel for each place where <kernel>the kernel</kernel> can stand. Move the sliders and watch it grow and shrink.\n\nA larger <kernel>kernel, F</kernel> pixels wide, finds fewer places. The <b>stride S</b> is how far it moves each time. <b>Padding P</b> lays a frame of zeros, P pixels wide, around the picture: that makes more places.",
  "question":
    "Your digit is 28 pixels wide. The kernel is 3 wide, the stride 2, and there is no padding. How wide is the map?",
  "option": "{n}",
  "because":
    "⌊(28 − 3 + 2 × 0) ÷ 2⌋ + 1 = ⌊12.5⌋ + 1 = 13. ⌊ ⌋ rounds down: half a step is none, so a column is left over.",
  "remember":
    "A map is ⌊(W − F + 2P) ÷ S⌋ + 1 wide: the steps that fit, and the place where you began.",
  "mistake":
    "“Padding shows the network more.” The frame is only zeros. It lets the kernel’s middle stand on the very edge, so that the map does not shrink.",
  "of": "The picture",
  "of.cut": "a part of your digit, 12 × 9",
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
  "fits": "Nothing is left over at the edge: the steps come out even.",
  "unread.width": "The steps don’t come out even. Left over (hatched): columns {columns}.",
  "unread.height": "The steps don’t come out even. Left over (hatched): rows {rows}.",
  "unread.both":
    "The steps don’t come out even. Left over (hatched): columns {columns}, rows {rows}.",
  "none":
    "A kernel of {F} does not fit into {framedWidth} × {framedHeight}: there is no map. Choose a smaller kernel, or more padding.",
  "network":
    "Here each pixel of the map is the mean under the kernel. In this network, convolutions with F = {F}, S = {S}, P = {P} turn a width of 28 into {conv}; pooling with F = {poolF}, S = {poolS} turns that into {pool}.",
};

/** @type {Record<keyof typeof en, string>} */
const zh = {
  "title": "尺寸",
  "idea":
    "<out>新特征图</out>有多大？<kernel>卷积核</kernel>能停几个位置，它就有几个像素。拖动滑块，看它变大变小。\n\n<kernel>卷积核宽 F</kernel> 越大，能停的位置越少。<b>步长 S</b> 是每次移动几个像素。<b>填充 P</b> 在图的四周加 P 圈零，能停的位置就变多。",
  "question": "你的数字宽 28 像素。卷积核宽 3，步长 2，不填充：特征图有多宽？",
  "option": "{n}",
  "because":
    "⌊(28 − 3 + 2 × 0) ÷ 2⌋ + 1 = ⌊12.5⌋ + 1 = 13。⌊ ⌋ 是向下取整：半步不算一步，所以剩下一列。",
  "remember": "特征图宽 ⌊(W − F + 2P) ÷ S⌋ + 1：数一数能走几步，再加上起点。",
  "mistake":
    "“填充让网络看到更多。”那一圈只是零。有了它，卷积核的中心能停在最边上，特征图才不会变小。",
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
  "fits": "正好走到边上，行和列都没有剩下。",
  "unread.width": "最后一步走不满：画斜线的地方卷积核到不了，共 {columns} 列。",
  "unread.height": "最后一步走不满：画斜线的地方卷积核到不了，共 {rows} 行。",
  "unread.both": "最后一步走不满：画斜线的地方卷积核到不了，共 {columns} 列、{rows} 行。",
  "none":
    "{F} × {F} 的卷积核放不进 {framedWidth} × {framedHeight}：得不到特征图。请减小 F，或增大 P。",
  "network":
    "这里特征图的每个像素，是卷积核盖住的像素的平均值。在这个网络里，卷积用 F = {F}、S = {S}、P = {P}，宽 28 仍是 {conv}；池化用 F = {poolF}、S = {poolS}，变成 {pool}。",
};

export const words = { en, zh };
