"""Sixty queries as readers type them, each with the list and the record that must stand among the first.

A record is named by a part of its label; "~" before a query says that its words are offered, since one is misspelt.
"""

CONFERENCE, PLATFORMS, TRACK = "2024年“倍增追赶 合作发展”丰台大会", "国家级、市级创新平台", "轨道交通"
GDP, INVESTMENT, LITTLE = "地区生产总值", "固定资产投资", "小巨人"
GALAXY, FLIGHT, CRSC, JD = "银河证券", "航天科工飞航技术研究院", "中国通号", "京东MALL"

TRADITIONAL = [
    ("豐台創新中心", "places", "丰台创新中心"),
    ("中國通號", "organisations", CRSC),
    ("銀河證券", "organisations", GALAXY),
    ("航天科工飛航技術研究院", "organisations", FLIGHT),
    ("農信銀資金清算中心", "organisations", "农信银资金清算中心"),
    ("漢威國際廣場", "places", "汉威国际广场"),
    ("軌道交通", "industries", TRACK),
    ("固定資產投資", "observations", INVESTMENT),
    ("國家級 創新平臺", "observations", PLATFORMS),
    ("發展夥伴計劃", "policies", "发展伙伴计划"),
    ("豐九條", "policies", "丰九条"),
    ("鏈長單位", "rosters", "链长单位"),
]
MISSPELT = [
    ("~银河正券", "organisations", GALAXY),
    ("~中国通好", "organisations", CRSC),
    ("~首科大夏", "places", "首科大厦"),
    ("~永乐文智圆", "places", "永乐文智园"),
    ("~丽泽平安金融中兴", "places", "丽泽平安金融中心"),
    ("~天兵科枝", "organisations", "天兵科技"),
    ("~yinhezhengqaun", "organisations", GALAXY),
    ("证券银河", "organisations", GALAXY),
    ("创新中心 丰台", "places", "丰台创新中心"),
    ("飞航技术研究院 航天科工", "organisations", FLIGHT),
]
ENGLISH = [
    ("Rail transit", "industries", TRACK),
    ("aerospace", "industries", "航天航空"),
    ("digital economy", "industries", "数字经济"),
    ("chain leaders", "rosters", "链长单位"),
    ("development partners 2023", "rosters", "发展伙伴（2023）"),
    ("regional gross domestic product", "observations", GDP),
    ("fixed-asset investment", "observations", INVESTMENT),
    ("innovation platforms Fengtai", "observations", PLATFORMS),
    ("218.75 billion", "observations", GDP),
    ("~aerospcae", "industries", "航天航空"),
]
ACROSS = [
    ("银河证券 链长单位", "organisations", GALAXY),
    ("链长 航天航空", "industries", "航天航空"),
    ("研究院 链长单位", "organisations", FLIGHT),
    ("农信银 发展伙伴", "memberships", "农信银资金清算中心"),
    ("北汽 贡献突出", "honours", "北汽财务"),
    ("首科 十大商务楼宇", "places", "首科大厦"),
    ("丰台 300余家 创新平台", "observations", PLATFORMS),
    ("大红门 京东", "projects", JD),
    ("京东集团 签约", "projects", JD),
    ("数字人民币 新兴金融", "events", "数字人民币"),
]
FIGURES = [
    ("600家", "rosters", "发展伙伴（2024）"),
    ("300余家", "observations", PLATFORMS),
    ("2187.5亿元", "observations", GDP),
    ("2187.5", "observations", GDP),
    ("2,187.5亿", "observations", GDP),
    ("2.13万家", "observations", "新设市场主体"),
    ("21300", "observations", "新设市场主体"),
    ("６.５％", "observations", "研发投入"),
    ("增长6.5%", "observations", GDP),
    ("高于全市 1.9个百分点", "observations", "研发投入"),
    ("三成以上", "rosters", "集中签约"),
    ("约7万平方米", "projects", JD),
    ("2023年丰台区GDP", "observations", GDP),
    ("GDP 2023年", "observations", GDP),
    ("2024-04-23", "conferences", CONFERENCE),
    ("2023年3月", "conferences", "首届"),
    ("固投", "observations", INVESTMENT),
    ("主导产业 轨道", "industries", TRACK),
]
SIXTY = [*TRADITIONAL, *MISSPELT, *ENGLISH, *ACROSS, *FIGURES]
# As people say what sources print otherwise: short names, whole years, counts in Chinese numerals.
SAID_OTHERWISE = [
    ("3362家国高新", "observations", "国家高新技术企业"),
    ("GDP增速", "observations", GDP),
    ("2023年固定资产投资增速", "observations", INVESTMENT),
    ("2023全年 GDP", "observations", GDP),
    ("2023年全年 固投", "observations", INVESTMENT),
    ("2023年度 地区生产总值", "observations", GDP),
    ("六百家", "rosters", "发展伙伴（2024）"),
    ("六百家发展伙伴", "rosters", "发展伙伴（2024）"),
    ("九个 项目 签约", "rosters", "集中签约"),
]
# Words as the report has them, which no field holds.
CITED = [
    ("丰台区实现地区生产总值2187.5亿元", "observations", GDP),
    ("约7万平方米的潮流购物空间", "projects", JD),
    ("9个重点签约项目之一", "projects", JD),
    ("9个重点签约项目", "rosters", "集中签约重点项目"),
    ("作为丰台区两大主导产业", "rosters", "主导产业"),
    ("两大主导产业", "rosters", "主导产业"),
    ("银河证券、航天科工飞航技术研究院等10家链长单位", "honours", "贡献突出市场主体"),
    ("智能建造、高端商务等8个重点产业领域", "rosters", "重点产业领域支持政策"),
    ("高端商务政策", "rosters", "重点产业领域支持政策"),
    ("智能建造 政策", "rosters", "重点产业领域支持政策"),
]
# In other words, units and numerals than the report's, and with what only asks.
ASKED_OTHERWISE = [
    ("3362户", "observations", "高新技术企业"),
    ("高新技术企业3362户", "observations", "高新技术企业"),
    ("2.13万户", "observations", "新设市场主体"),
    ("65个链长单位", "rosters", "链长单位（2024）"),
    ("65個鏈長單位", "rosters", "链长单位（2024）"),
    ("600个发展伙伴", "rosters", "发展伙伴（2024）"),
    ("300余个创新平台", "observations", PLATFORMS),
    ("七萬平方米", "projects", JD),
    ("五千万元以上", "observations", "5000万元以上企业"),
    ("注册资本5千万以上", "observations", "5000万元以上企业"),
    ("注册资本0.5亿元以上", "observations", "5000万元以上企业"),
    ("CNY 50 million or more", "observations", "5000万元以上企业"),
    ("70,000 m²", "projects", JD),
    ("70,000 square meters", "projects", JD),
    ("1.9 pp", "observations", "研发投入"),
    ("as of 23 April 2024", "conferences", CONFERENCE),
    ("京东MALL 投资方", "projects", JD),
    ("签约方 中国通号", "projects", CRSC),
    ("investor", "projects", JD),
    ("链长单位有多少家", "rosters", "链长单位（2024）"),
    ("有多少家链长单位", "rosters", "链长单位（2024）"),
    ("丰台区2023年GDP是多少", "observations", GDP),
    ("京东MALL在哪里", "projects", JD),
    ("number of chain leaders", "rosters", "链长单位（2024）"),
    ("what is the GDP of Fengtai", "observations", GDP),
]
