"""Chinese texts and their outlines; texts of both languages in which nothing is a marker."""

from __future__ import annotations

from tests.outline_cases_en import tree

CHINESE = {
    "四级": (
        """各所：
现将夜间巡查安排如下：
一、总体安排
（一）分片包干。
1.东片由一中队负责。
（1）每晚两次；
（2）雨天加一次。
2.西片由二中队负责。
（二）逐户登记。
二、有关要求
各中队要按时上报。
""",
        tree("一、", "> （一）", ">> 1.", ">>> （1）", ">>> （2）", ">> 2.", "> （二）", "二、"),
    ),
    "一是二是三是": (
        "所里这个月办了三件事。一是换了门口的灯；二是修了后院的墙；三是给值班室添了一张床。",
        tree("一是", "二是", "三是"),
    ),
    "首先其次最后": (
        "怎样把院子管好？首先，要有人开门。其次，要有人扫地。最后，要有人记账。",
        tree("首先，", "其次，", "最后，"),
    ),
    "其一其二": ("夜里巡逻有两难。其一，路黑；其二，狗多。", tree("其一，", "其二，")),
    "第一第二": (
        "值班要记住两条。第一，电话不能离人；第二，钥匙不能离身。",
        tree("第一，", "第二，"),
    ),
    "章条项": (
        """门卫守则
第一章 总则
第一条 为了看好大门，制定本守则。
第二条 门卫应当认识本院住户。
第二章 职责
第三条 门卫有下列职责：
（一）开门；
（二）关门。
第四条 违反第三条规定的，予以批评。
""",
        tree("第一章", "> 第一条", "> 第二条", "第二章", "> 第三条", ">> （一）", ">> （二）", "> 第四条"),
    ),
    "有的章有节": (
        """第一章 总则
第一条 本规定适用于码头。
第二章 船只
第一节 登记
第二条 船只应当登记。
第二节 停泊
第三条 船只应当停在泊位。
""",
        [(1, "第一章"), (3, "第一条"), (1, "第二章"), (2, "第一节"), (3, "第二条"), (2, "第二节"), (3, "第三条")],
    ),
    "连续编号": (
        """一、院内
（一）扫地。
（二）浇花。
二、院外
（三）清沟。
（四）点灯。
""",
        tree("一、", "> （一）", "> （二）", "二、", "> （三）", "> （四）"),
    ),
    "混用的序号": (
        """一、摸底
（一）查户。
2.查灯。
（三）查路。
2、整改
（一）换灯。
（二）补路。
三、回访
逐户上门。
""",
        tree("一、", "> （一）", "> 2.", "> （三）", "2、", "> （一）", "> （二）", "三、"),
    ),
    "圈号与附件": (
        """1.守门要做到：
①早开；
②晚关。
2.守夜要做到灯不灭。
附件1 值班表
附件2 钥匙登记表
""",
        tree("1.", "> ①", "> ②", "2.", "附件1", "附件2"),
    ),
    "措施与步骤": (
        "措施一：开门接访，每周三上午由所长坐班。\n措施二：送证上门，行动不便的打电话即可。\n措施三：夜间亮灯。\n",
        tree("措施一：", "措施二：", "措施三："),
    ),
    "全角数字": (
        "各所：\n　　１．看灯。\n　　（１）看左灯；\n　　（２）看右灯。\n　　２．看路。\n",
        tree("１．", "> （１）", "> （２）", "２．"),
    ),
    "无序号的标题": (
        """看灯的几点体会

我在码头看了十二年灯，夜夜点灯，天天擦灯，有些体会愿意写出来同大家谈一谈，请大家批评。

走得慢才看得清
看灯不能骑车，骑车只看得见路，看不见灯罩上的裂缝，也听不见灯芯的响声，更闻不到油的味道。

擦得勤才照得远
灯罩一天不擦就要落灰，三天不擦船就看不见，所以我天天擦，早上擦一遍，晚上点灯以前再擦一遍。
""",
        [(1, ""), (1, "")],
    ),
    "附件目录不是序列": (
        "请各所照办。\n\n附件：1.看灯表\n2.看路表\n\n灯港局\n\n附件1\n看灯表\n一、用钢笔。\n二、不涂改。\n附件2\n看路表\n",
        tree("附件1", "> 一、", "> 二、", "附件2"),
    ),
    "平行的措辞定层次": (
        "一、基本情况。灯旧了。二、主要做法。我们做了三件事。（一）在“勤”字上下功夫。天天擦。2.在“细”字上做文章。"
        "处处看。三、在“严”字上见成效。月月评。",
        tree("一、", "二、", "> （一）", "> 2.", "> 三、"),
    ),
    "空格代替顿号": (
        "一 看灯\n灯要天天看，夜夜看，谁看谁签字，谁签字谁负责。\n二 看路\n路要天天扫，夜夜巡，谁巡谁签字。\n",
        tree("一", "二"),
    ),
    "从中间开始": (
        "三、看灯\n1、看左灯。左灯易坏。\n2、看右灯。右灯常新。\n",
        tree("三、", "> 1、", "> 2、"),
    ),
}

NO_MARKERS = {
    "references": "Under Article 21 of the Rules the gate is closed. Article 22 of them says why. See (3) and (4)",
    "figures": "The lamp costs 12. 5 yuan, the wire 3. 75. In 2011 there were 61. 3% more; on May 3. 9 came.",
    "first of all alone": "First of all, let me thank the guards. They stood in the rain. Nobody asked them to.",
    "on the one hand": "On the one hand, the door is heavy. On the other hand, the guard is strong.",
    "adjectives": "The first line of defence is the lamp. The second half of the year was dark. At first, nobody came.",
    "quantities": "Three, four or five guards stood there. One is tempted to laugh. Two of them did.",
    "initials": "The letter was signed by J. Smith and A. B. Clarke at 8 a.m. in the U. S. office. I did not see it.",
    "telephone and times": "Telephone 010-6626 0417, room 3. 12 people share it from 9. 30 to 17.",
    "names of numbers": 'The "four environments" and the "three visits" are named in Form 7 and in Section 3.4.',
    "中文引用": "按照第二十一条规定处理；违反前款第（一）项、第（二）项的，从重处理。",
    "中文数量": "这里一、二年级的孩子有三、四十人，十一是假期，二是二，说一不二。",
    "中文一方面": "一方面，灯要亮；另一方面，人要在。统一是好事，唯一要紧的是人。",
    "中文小数": "上半年案件下降3.5%，支出1.2万元，6.5公里的路修了2.1公里。",
    "连续的形容词": "The First, Second and Third Brigades report daily. First, second and third offences are fined.",
    "中文并列引用": "以上（一）（二）两项由所长负责，第（三）项由值班员负责。",
    "中文量词": "1.2万人参加了活动。\n3.5公里的路修好了。\n2.6亿元到账了。\n",
    "中文表格": "看灯分工表\n序号 任务 单位\n1 修灯 一队\n2 补路 二队\n3 换线 三队\n",
}
