const en = {
  "title": "Watch it learn",
  "idea":
    "Press Play. These are snapshots of the very run that made this page's weights, from untrained to done. Each of them reads your drawing.\n\nAt first the <kernel>kernels</kernel> are random, and so is the answer. Then come batches of a few hundred drawings. After each, all weights are changed a little, so that the right digits become more probable. The <b>loss</b> says how far off the answers are: training brings it down. Once through all drawings is an epoch.\n\nNobody tells a kernel what to look for. It ends as it does because that brought the loss down.",
  "question": "From which snapshot on does it read your drawing as {digit}, and stay with it?",
  "because.untrained":
    "Untrained, it already happens to say {digit}, {sure} sure, and no later snapshot says anything else. That was luck, not knowledge.",
  "because.step":
    "From batch {step} on it reads {digit}, at first {sure} sure. One snapshot earlier it read {other}, {otherSure} sure.",
  "because.epoch":
    "From the end of epoch {epoch} on it reads {digit}, at first {sure} sure. One snapshot earlier it read {other}, {otherSure} sure.",
  "remember":
    "Learning is thousands of small changes to the weights, each made to bring the loss down a little.",
  "mistake":
    "“It reads its training digits correctly, so it has learned.” It may merely remember them. Only digits that it never trained on can tell: here the held-out ones.",

  "moment.untrained": "untrained",
  "moment.step": "after {step} batches",
  "moment.first": "after 1 batch",
  "moment.epoch": "after {epoch} epochs",
  "moment.epoch.first": "after 1 epoch",
  "moment.temperature": "divided by {temperature}",
  "tick.epoch": "{epoch} ep",
  "tick.step": "{step}",
  "tick.temperature": "÷",
  "seen": "about {digits} drawings seen, with repeats",
  "seen.none": "no drawing seen yet",
  "strip": "What it reads, snapshot by snapshot",
  "strip.read": "{moment}: {digit}",
  "strip.hidden": "{moment}: not yet looked at",
  "loss": "loss",
  "loss.note":
    "Loss: −log of the probability of the right digit, on average. Where all ten digits are equally probable, it is {guess}. Training asks for a little less than certainty: 5% of each label is shared out among all ten digits (label smoothing), so the loss cannot reach 0, and being surer raises it.",
  "train": "training",
  "held_out": "held-out",
  "charts.loss": "Loss over the run, snapshot by snapshot",
  "charts.accuracy": "Percent read correctly, of training digits and of held-out digits",
  "keep": "Keep this moment to compare",
  "drop": "One moment only",
  "kernels.above": "{layer}: kernels, and what each makes of your drawing (after ReLU)",
  "kernels.below":
    "{layer}: what it makes of that (after ReLU), and its kernels, each a column of {channels} channels",
  "note":
    "Colours mean the same at every moment: what is weak looks weak. The first batches change little, because the steps begin small. Each snapshot is an average over the latest steps. After the last of them nothing more is learned: its logits are divided by a temperature (see “Log-softmax”), which changes no answer, only how sure it is. They are kept in half precision, so the last one may differ very slightly from the page's answer.",
  "loading": "Loading the run …",
  "missing": "The run could not be loaded.",
  "other":
    "The run that is kept here is of other weights than this page's, so it is not shown. A new python train.py writes both.",
  "retry": "Try again",
};

/** @type {Record<keyof typeof en, string>} */
const zh = {
  "title": "看它学习",
  "idea":
    "点播放。这些快照来自训练出本页权重的那一次训练，从训练之前到训练完成。每个快照都来读一读你的画。\n\n一开始，<kernel>卷积核</kernel>是随机的，回答也是。然后一批一批地学，每批几百幅画；每学完一批，所有权重都稍稍改动，让正确的数字更可能一些。<b>损失</b>衡量回答错得有多远，训练就是让它降下来。全部的画学一遍，叫一轮。\n\n没有人告诉卷积核该找什么。最后变成这样，只因为这样损失更小。",
  "question": "从哪个快照起，它把你的画读作 {digit}，而且再没变过？",
  "because.untrained":
    "还没训练，它就碰巧读作 {digit}，把握 {sure}，之后也没被带偏。这是运气，不是本事。",
  "because.step":
    "从第 {step} 批起，它读作 {digit}，起初把握 {sure}。前一个快照读成 {other}，把握 {otherSure}。",
  "because.epoch":
    "从第 {epoch} 轮结束起，它读作 {digit}，起初把握 {sure}。前一个快照读成 {other}，把握 {otherSure}。",
  "remember": "学习，就是把权重改动成千上万次，每次一点点，每次都为了让损失再小一点。",
  "mistake":
    "“训练用的数字都读对了，所以它学会了。”它也可能只是背了下来。要看从没用来训练的数字：这里就是留出的那些。",

  "moment.untrained": "训练之前",
  "moment.step": "{step} 批之后",
  "moment.first": "1 批之后",
  "moment.epoch": "{epoch} 轮之后",
  "moment.epoch.first": "1 轮之后",
  "moment.temperature": "除以温度 {temperature}",
  "tick.epoch": "{epoch} 轮",
  "tick.step": "{step}",
  "tick.temperature": "÷",
  "seen": "看过约 {digits} 幅画（含重复）",
  "seen.none": "还没看过一幅画",
  "strip": "每个快照各读成什么",
  "strip.read": "{moment}：{digit}",
  "strip.hidden": "{moment}：还没看过",
  "loss": "损失",
  "loss.note":
    "损失：正确数字的概率取 −log，再求平均。十个数字的概率都一样时，损失是 {guess}。训练并不要求百分之百的把握：每个标签拿出 5% 平分给十个数字（标签平滑），所以损失降不到 0，把握太大反而会让它升高。",
  "train": "训练",
  "held_out": "留出",
  "charts.loss": "整个训练过程中的损失，逐个快照",
  "charts.accuracy": "训练数字和留出数字读对的百分比",
  "keep": "留住这一刻来对比",
  "drop": "只看一个时刻",
  "kernels.above": "{layer}：卷积核，以及每个核从你的画里看出了什么（ReLU 之后）",
  "kernels.below":
    "{layer}：它接着看出了什么（ReLU 之后），以及它的卷积核，每一列是一个核的 {channels} 个通道",
  "note":
    "颜色的含义始终不变：数值小，看起来就淡。头几批变化很小，因为步子由小到大。每个快照是最近若干步的平均。最后一个快照没有再学：只是把 logit 除以温度（见“Log-softmax”），答案不变，变的只是把握。快照以半精度保存，所以最后一个快照和本页的回答可能有极小的差别。",
  "loading": "正在加载训练过程……",
  "missing": "训练过程没能加载。",
  "other":
    "这里保存的训练过程属于另一组权重，所以不显示。重新运行 python train.py 会把两者都写好。",
  "retry": "再试一次",
};

/** @typedef {keyof typeof en} Key */

export const words = { en, zh };
