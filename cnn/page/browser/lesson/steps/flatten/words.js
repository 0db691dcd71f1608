const en = {
  "title": "Why not flatten?",
  "idea":
    "An MLP flattens the picture first: 784 pixels in a row, each with weights of its own. Move the digit by a few pixels and its ink meets other weights. What was learned in one place does not help in another.\n\nA convolution looks for the same small pattern everywhere, and pooling keeps that it was there, not exactly where. So the ConvNet holds on to a digit for longer.\n\nThis page centres every drawing before a network sees it, so moving your pen would show nothing. Here the finished 28 × 28 picture is moved, after that.",
  "question":
    "Your {digit} is pushed to the right, pixel by pixel, by {most} at most. Which network is the first to read something else?",
  "option.mlp": "The MLP",
  "option.convnet": "The ConvNet",
  "option.both": "Both at the same pixel",
  "option.neither": "Neither",
  "because.two":
    "The MLP loses your {digit} at {mlpAt} px, where it reads {mlpReads}; the ConvNet at {convnetAt} px, where it reads {convnetReads}.",
  "because.mlp":
    "The MLP loses your {digit} at {mlpAt} px, where it reads {mlpReads}. The ConvNet still reads {digit} at {most} px, {convnetSure} sure.",
  "because.convnet":
    "The ConvNet loses your {digit} at {convnetAt} px, where it reads {convnetReads}. The MLP still reads {digit} at {most} px, {mlpSure} sure. That happens; over many digits it is the other way round, see the table.",
  "because.neither":
    "At {most} px the MLP is {mlpSure} sure of your {digit}, the ConvNet {convnetSure}. Push on, turn it, or draw it in another way.",
  "remember": "Flattening ties what is learned to a place; convolution and pooling loosen the tie.",
  "mistake":
    "“A CNN does not care where the digit is.” It does: it is more tolerant, not invariant. After its last pooling it flattens too, and a digit that is far enough off is lost.",

  "digit": "Your digit, 28 × 28: drag it, or move it with the arrow keys",
  "place.still": "Drag it, or use the arrow keys.",
  "place.moved": "right {right} px, down {down} px",
  "turn": "Turn",
  "scale": "Size",
  "back": "Put it back",
  "convnet": "ConvNet",
  "mlp": "MLP",
  "said": "ConvNet: {convnet}, {convnetSure} sure. MLP: {mlp}, {mlpSure} sure.",
  "curves": "How sure each is of {digit}, moved so many pixels to the right (−: to the left)",
  "curves.blank": "Draw a digit, and there will be two curves here.",
  "curves.label": "Two curves: how sure the ConvNet and the MLP are of your digit, by shift",
  "curves.note": "Height, turn and size are as set above. A click moves your digit there.",
  "table": "All {digits} test digits of MNIST, moved so far right, left, up and down: read right",
  "table.px": "pixels moved",
  "table.ink": "ink left in it",
  "table.note": "Percent, measured by {command}",
  "figures": "The same digits where they are, in the middle",
  "figures.article_mlp": "the article's MLP",
  "figures.people": "people, about",
  "figures.article_cnn": "the article's CNN, over",
  "figures.mlp": "this MLP",
  "figures.convnet": "this ConvNet",
  "figures.note":
    "These two learned from the same digits, jittered a little in the same way. They differ in how they are built, and in how long they trained: {mlp} and {convnet} epochs.",
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
    "MLP 一上来就把图片展平：784 个像素排成一行，每个像素都有自己的权重。数字移动几个像素，墨迹碰到的就是另一些权重。在一个地方学到的，到了别处用不上。\n\n卷积在每个位置寻找同样的小图案，池化只记住它出现过，不记确切的位置。所以 ConvNet 能把一个数字认得更久。\n\n本页会先把每幅画居中，再交给网络，所以在画板上换个位置画看不出区别。这里移动的是居中之后那张完整的 28 × 28 图片。",
  "question": "把你画的 {digit} 一个像素一个像素地往右推，最多 {most} 个像素。哪个网络先认错？",
  "option.mlp": "MLP",
  "option.convnet": "ConvNet",
  "option.both": "在同一个像素处一起认错",
  "option.neither": "都不会",
  "because.two":
    "推到 {mlpAt} 像素时，MLP 丢掉了你的 {digit}，读成 {mlpReads}；推到 {convnetAt} 像素时，ConvNet 也丢了，读成 {convnetReads}。",
  "because.mlp":
    "推到 {mlpAt} 像素时，MLP 丢掉了你的 {digit}，读成 {mlpReads}。到 {most} 像素，ConvNet 仍然读作 {digit}，把握 {convnetSure}。",
  "because.convnet":
    "推到 {convnetAt} 像素时，ConvNet 丢掉了你的 {digit}，读成 {convnetReads}。到 {most} 像素，MLP 仍然读作 {digit}，把握 {mlpSure}。这种情况也有；数字一多，结果正相反，见下表。",
  "because.neither":
    "到 {most} 像素，MLP 对你的 {digit} 还有 {mlpSure} 的把握，ConvNet 有 {convnetSure}。再推远些、转一转，或者换种写法试试。",
  "remember": "展平把学到的东西绑死在位置上；卷积和池化把它松开。",
  "mistake":
    "“CNN 不在乎数字在哪里。”其实在乎：它更宽容，但并非不变。最后一次池化之后它也要展平，数字偏得够远，照样认不出。",

  "digit": "你的数字，28 × 28：可以拖动，也可以用方向键移动",
  "place.still": "拖动它，或者用方向键。",
  "place.moved": "向右 {right} 像素，向下 {down} 像素",
  "turn": "旋转",
  "scale": "大小",
  "back": "放回原处",
  "convnet": "ConvNet",
  "mlp": "MLP",
  "said": "ConvNet：{convnet}，把握 {convnetSure}。MLP：{mlp}，把握 {mlpSure}。",
  "curves": "向右移动这么多像素时（负数是向左），两者对 {digit} 各有多大把握",
  "curves.blank": "画一个数字，这里就会出现两条曲线。",
  "curves.label": "两条曲线：数字移动时，ConvNet 和 MLP 对它各有多大把握",
  "curves.note": "高低、旋转和大小同上。点一下，数字就移到那里。",
  "table": "MNIST 的全部 {digits} 个测试数字，向右、左、上、下各移这么远：认对的比例",
  "table.px": "移动的像素",
  "table.ink": "图中余下的墨迹",
  "table.note": "百分比，由 {command} 测得",
  "figures": "同样的数字，不移动，就在正中",
  "figures.article_mlp": "文章里的 MLP",
  "figures.people": "人，大约",
  "figures.article_cnn": "文章里的 CNN，超过",
  "figures.mlp": "这里的 MLP",
  "figures.convnet": "这里的 ConvNet",
  "figures.note":
    "这两个网络学的是同样的数字，抖动的方式也相同；不同的是结构，以及训练的时间：分别是 {mlp} 轮和 {convnet} 轮。",
  "loading": "正在加载……",
  "missing.mlp": "MLP 没能加载；ConvNet 照常工作。",
  "missing.shifts": "MNIST 测试数字的表没能加载。",
  "stale": "这张表是用另一组权重测的；请运行 {command}。",
  "retry": "再试一次",
};

/** @typedef {keyof typeof en} Key */

export const words = { en, zh };
