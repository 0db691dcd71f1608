const en = {
  "title": "Why not flatten?",
  "idea":
    "Drag your digit and watch two networks read it. The MLP (multilayer perceptron) has only fully connected layers, so it flattens the picture first: 784 pixels in a row, each with weights of its own. A few pixels further on, the ink meets other weights: what was learned in one place does not help in another.\n\nA convolution looks for the same small pattern everywhere, and pooling keeps that it was found, but not exactly where. So the ConvNet, this page's CNN, can read a digit that has moved further.\n\nWherever you draw, the page centres the digit; so here the centred 28 × 28 picture is moved.",
  "question":
    "Your {digit} is pushed to the right, pixel by pixel, up to {most}. Which network misreads it first?",
  "option.mlp": "The MLP",
  "option.convnet": "The ConvNet",
  "option.both": "Both at the same pixel",
  "option.neither": "Neither",
  "because.two":
    "At {mlpAt} px the MLP reads {mlpReads} instead of {digit}; at {convnetAt} px the ConvNet reads {convnetReads}. One digit proves little: the table has 10,000.",
  "because.mlp":
    "At {mlpAt} px the MLP reads {mlpReads} instead of {digit}: there the ink meets weights that learned other things. The ConvNet still reads {digit} at {most} px, {convnetSure} sure.",
  "because.convnet":
    "At {convnetAt} px the ConvNet reads {convnetReads} instead of {digit}. The MLP still reads {digit} at {most} px, {mlpSure} sure. That happens with single digits; over many it is the other way round, see the table.",
  "because.neither":
    "At {most} px the MLP is still {mlpSure} sure of your {digit}, the ConvNet {convnetSure}. Push it further, turn it, or draw it in another way.",
  "remember": "Flattening ties what is learned to a place; convolution and pooling loosen the tie.",
  "mistake":
    "“A CNN does not care where the digit is.” It does: it is more tolerant than an MLP, but not invariant. After its last pooling it flattens too, and misreads a digit that is moved far enough.",

  "digit": "Your digit, 28 × 28: drag it, or move it with the arrow keys",
  "place.still": "Drag it, or use the arrow keys.",
  "place.moved": "right {right} px, down {down} px",
  "turn": "Turn",
  "scale": "Size",
  "back": "Put it back",
  "convnet": "ConvNet",
  "mlp": "MLP",
  "said": "ConvNet: {convnet}, {convnetSure} sure. MLP: {mlp}, {mlpSure} sure.",
  "curves":
    "How sure each network is of {digit}, moved to the right by so many pixels (−: to the left)",
  "curves.blank": "Draw a digit, and there will be two curves here.",
  "curves.label": "Two curves: how sure the ConvNet and the MLP are of your digit, by shift",
  "curves.note": "Height, turn and size are as set above. A click moves your digit there.",
  "table": "How many of MNIST's {digits} test digits are read correctly when they are moved",
  "table.px": "pixels moved",
  "table.ink": "ink still inside",
  "table.note": "Percent, the mean of moving right, left, up and down; measured by {command}",
  "figures": "Digits in the middle, not moved: read correctly",
  "figures.article_mlp": "the article's MLP",
  "figures.people": "people, about",
  "figures.article_cnn": "the article's CNN, over",
  "figures.mlp": "this MLP",
  "figures.convnet": "this ConvNet",
  "figures.note":
    "The article is the beginners' article that this network comes from. The two of this page learned from the same digits, jittered a little in the same way. They differ in how they are built, and in how long they trained: {mlp} and {convnet} epochs, an epoch being once through all of them.",
  "loading": "Loading …",
  "missing.mlp": "The MLP could not be loaded; the ConvNet goes on alone.",
  "missing.shifts": "The table of MNIST's test digits could not be loaded.",
  "stale": "The table was measured on other weights; run {command}.",
  "retry": "Try again",
};

/** @type {Record<keyof typeof en, string>} */
const zh = {
  "title": "为什么不直接展平？",
  "idea":
    "拖动你的数字，看两个网络怎样读它。MLP（多层感知机）只有全连接层，一上来就得把图片展平：784 个像素排成一行，每个像素都有自己的权重。数字移动几个像素，墨迹碰到的就是另一些权重。在一处学到的，到了别处用不上。\n\n卷积在每个位置寻找同样的小图案，池化只记住它出现过，不记确切的位置。所以 ConvNet（本页的 CNN）能多撑一阵，数字推远些也还认得。\n\n不论画在画板哪里，本页都会先把数字居中；所以这里移动的，是居中之后那张 28 × 28 的图片。",
  "question": "把你的 {digit} 一个像素一个像素地往右推，最多推 {most} 个。哪个网络先认错？",
  "option.mlp": "MLP",
  "option.convnet": "ConvNet",
  "option.both": "推到同一处，一起认错",
  "option.neither": "都不会认错",
  "because.two":
    "推到 {mlpAt} 像素，MLP 认不出你的 {digit} 了，读成 {mlpReads}；推到 {convnetAt} 像素，ConvNet 也认不出了，读成 {convnetReads}。一个数字说明不了什么，表里有 10,000 个。",
  "because.mlp":
    "推到 {mlpAt} 像素，墨迹碰到的权重学的是别的东西，MLP 把 {digit} 读成了 {mlpReads}。推到 {most} 像素，ConvNet 仍然读作 {digit}，把握 {convnetSure}。",
  "because.convnet":
    "推到 {convnetAt} 像素，ConvNet 认不出你的 {digit} 了，读成 {convnetReads}。推到 {most} 像素，MLP 仍然读作 {digit}，把握 {mlpSure}。这种情况也有；数字一多，结果正相反，看那张表。",
  "because.neither":
    "推到 {most} 像素，MLP 对你的 {digit} 还有 {mlpSure} 的把握，ConvNet 有 {convnetSure}。再推远些、转一转，或者换种写法试试。",
  "remember": "展平把学到的东西绑死在位置上；卷积和池化给它松绑。",
  "mistake":
    "“CNN 不在乎数字在哪里。”其实在乎：它比 MLP 更能容忍平移，却做不到平移不变。最后一次池化之后它也要展平，数字偏得够远，照样认不出。",

  "digit": "你的数字，28 × 28：可以拖动，也可以用方向键移动",
  "place.still": "拖动它，或者用方向键。",
  "place.moved": "向右 {right} 像素，向下 {down} 像素",
  "turn": "旋转",
  "scale": "大小",
  "back": "放回原处",
  "convnet": "ConvNet",
  "mlp": "MLP",
  "said": "ConvNet：{convnet}，把握 {convnetSure}。MLP：{mlp}，把握 {mlpSure}。",
  "curves": "左右移动若干像素（右为正），两个网络对 {digit} 各有多大把握",
  "curves.blank": "画一个数字，这里就会出现两条曲线。",
  "curves.label": "两条曲线：数字左右移动时，ConvNet 和 MLP 对它各有多大把握",
  "curves.note": "高低、旋转和大小都照上面的设置。点一下，数字就移到那里。",
  "table": "MNIST 的 {digits} 个测试数字移动之后，还有多少能读对",
  "table.px": "移动像素",
  "table.ink": "图中余下的墨",
  "table.note": "百分比，取右、左、上、下四个方向的平均；由 {command} 测得",
  "figures": "数字就在正中，不移动：读对多少",
  "figures.article_mlp": "入门文章的 MLP",
  "figures.people": "人，大约",
  "figures.article_cnn": "入门文章的 CNN，超过",
  "figures.mlp": "这里的 MLP",
  "figures.convnet": "这里的 ConvNet",
  "figures.note":
    "入门文章是这个网络的出处。这里的两个网络学的是同样的数字，随机挪动变形的方式也相同；不同的是结构和训练的长短：MLP {mlp} 轮，ConvNet {convnet} 轮（全部数字学一遍是一轮）。",
  "loading": "正在加载……",
  "missing.mlp": "MLP 没能加载；ConvNet 照常工作。",
  "missing.shifts": "MNIST 测试数字的表没能加载。",
  "stale": "这张表是用另一组权重测的；请运行 {command}。",
  "retry": "再试一次",
};

/** @typedef {keyof typeof en} Key */

export const words = { en, zh };
