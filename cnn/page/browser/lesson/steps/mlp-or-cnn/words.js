const en = {
  "title": "Why not flatten?",
  "idea":
    "The <b>MLP</b> (multilayer perceptron) has only fully connected layers: it flattens the picture first. A few pixels further on, your digit meets other weights, which learned other things.\n\nA convolution looks for the same pattern everywhere, and pooling keeps that it was found, not exactly where. The <b>ConvNet</b>, this page’s CNN, has both. (What you draw is centred first.)",
  "question":
    "Your {digit} is pushed to the right, pixel by pixel, up to {most}. Which network misreads it first?",
  "option.mlp": "The MLP",
  "option.convnet": "The ConvNet",
  "option.both": "Both at once",
  "option.neither": "Neither",
  "because.two":
    "At {mlpAt} px the MLP reads {mlpReads}, at {convnetAt} px the ConvNet reads {convnetReads}. One digit proves little: see the table.",
  "because.mlp":
    "At {mlpAt} px the MLP reads {mlpReads}. The ConvNet still reads {digit} at {most} px, {convnetSure} sure.",
  "because.convnet":
    "At {convnetAt} px the ConvNet reads {convnetReads}; the MLP still reads {digit} at {most} px. Over many digits it is the other way round.",
  "because.neither":
    "At {most} px the MLP is still {mlpSure} sure of {digit}, the ConvNet {convnetSure}. Push it further, or turn it.",
  "remember":
    "Flattening ties what is learned to a place; convolution and pooling loosen that, so a CNN reads digits that have moved further.",
  "mistake":
    "“A CNN does not care where the digit is.” It tolerates more than an MLP, but it flattens too, after its last pooling.",

  "digit": "Your digit, 28 × 28: drag it, or move it with the arrow keys",
  "place.still": "Drag it, or use arrows.",
  "place.moved": "{moved}",
  "turn": "Turn",
  "scale": "Size",
  "back": "Put it back",
  "convnet": "ConvNet",
  "mlp": "MLP",
  "said": "ConvNet: {convnet}, {convnetSure} sure. MLP: {mlp}, {mlpSure} sure.",
  "curves": "How sure each is of {digit}, moved to the left or to the right by so many pixels",
  "curves.blank": "Draw a digit, and there will be two curves here.",
  "curves.label": "Two curves: how sure the ConvNet and the MLP are of your digit, by shift",
  "table": "MNIST’s test set ({digits}), moved: % right",
  "table.px": "pixels moved",
  "table.note": "Mean of all four ways; at {px} px {ink}% of the ink is left; {command}.",
  "figures": "The same digits, not moved: % right",
  "figures.article": "article",
  "figures.plain": "plain",
  "figures.ours": "this page",
  "figures.note":
    "Plain: both trained alike, Adam, {epochs} epochs, no jitter; mean of {seeds} runs ± the farthest; {command}. This page: jitter, synthetic digits, Muon; MLP {mlp} epochs, ConvNet {convnet}. So even its MLP reads nearly as well as the article’s CNN. Settings were compared on these very digits: {best} is a little flattered.",
  "loading": "Loading …",
  "missing.mlp": "The MLP could not be loaded; the ConvNet goes on alone.",
  "missing.shifts": "The table of MNIST’s test digits could not be loaded.",
  "stale": "The table was measured on other weights; run {command}.",
  "retry": "Try again",
};

/** @type {Record<keyof typeof en, string>} */
const zh = {
  "title": "为什么不直接展平？",
  "idea":
    "<b>MLP</b>（多层感知机）只有全连接层，一上来就把图片展平。数字移动几个像素，对上的就是另一些权重，而它们学的是别的东西。\n\n卷积在每个位置寻找同样的图案，池化只记住它出现过，不记确切的位置。<b>ConvNet</b>（本页的 CNN）两样都有。（画板上的数字会先居中。）",
  "question": "把你的 {digit} 一个像素一个像素地往右推，最多推 {most} 个。哪个网络先认错？",
  "option.mlp": "MLP",
  "option.convnet": "ConvNet",
  "option.both": "同时认错",
  "option.neither": "都不会认错",
  "because.two":
    "推到 {mlpAt} 像素，MLP 读成 {mlpReads}；推到 {convnetAt} 像素，ConvNet 读成 {convnetReads}。一个数字说明不了什么，请看表格。",
  "because.mlp":
    "推到 {mlpAt} 像素，MLP 读成 {mlpReads}。推到 {most} 像素，ConvNet 仍然读作 {digit}，把握 {convnetSure}。",
  "because.convnet":
    "推到 {convnetAt} 像素，ConvNet 读成 {convnetReads}；推到 {most} 像素，MLP 仍然读作 {digit}。换成许多数字来看，结果正相反。",
  "because.neither":
    "推到 {most} 像素，MLP 对 {digit} 还有 {mlpSure} 的把握，ConvNet 有 {convnetSure}。再推远些，或者转一转。",
  "remember": "展平把学到的东西绑死在位置上；卷积和池化给它松绑，所以 CNN 能认出移得更远的数字。",
  "mistake": "“CNN 不在乎数字在哪里。”它只是比 MLP 更能容忍移动：最后一次池化之后，它也要展平。",

  "digit": "你的数字，28 × 28：可以拖动，也可以用方向键移动",
  "place.still": "拖动它，或者用方向键。",
  "place.moved": "{moved}",
  "turn": "旋转",
  "scale": "大小",
  "back": "放回原处",
  "convnet": "ConvNet",
  "mlp": "MLP",
  "said": "ConvNet：{convnet}，把握 {convnetSure}。MLP：{mlp}，把握 {mlpSure}。",
  "curves": "左移或右移若干像素，两个网络对 {digit} 各有多大把握",
  "curves.blank": "画一个数字，这里就会出现两条曲线。",
  "curves.label": "两条曲线：数字左右移动时，ConvNet 和 MLP 对它各有多大把握",
  "table": "MNIST 测试集（{digits}）：移动后读对的百分比",
  "table.px": "移动像素",
  "table.note": "四个方向的平均；移动 {px} 像素时，笔画还有 {ink}% 在图中；{command}。",
  "figures": "同样的数字，不移动：读对的百分比",
  "figures.article": "入门文章",
  "figures.plain": "普通训练",
  "figures.ours": "本页",
  "figures.note":
    "普通训练：两个网络训练方法相同，用 Adam，{epochs} 轮，数字不随机变形（{seeds} 次的平均 ± 最大偏差；{command}）。本页：加上随机变形、合成数字和优化器 Muon，MLP 训练 {mlp} 轮，ConvNet {convnet} 轮，所以连 MLP 也接近文章里 CNN 的水平。各项设置就是在这些数字上比较出来的，所以 {best} 略微偏高。",
  "loading": "正在加载……",
  "missing.mlp": "MLP 没能加载；ConvNet 照常工作。",
  "missing.shifts": "MNIST 测试集的表没能加载。",
  "stale": "这张表是用另一组权重测的；请运行 {command}。",
  "retry": "再试一次",
};

/** @typedef {keyof typeof en} Key */

export const words = { en, zh };
