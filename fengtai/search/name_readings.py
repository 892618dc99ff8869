"""How characters are read in names, where the dictionary says otherwise first."""

# How names are pronounced where the dictionary says otherwise first: characters, then words and places of Beijing.
IN_NAMES = {
    "长": "chang",
    "都": "du",
    "朝": "chao",
    "曾": "zeng",
    "厦": "sha",
    "长辛店": "chang xin dian",
    "长阳": "chang yang",
    "朝阳": "chao yang",
    "看丹": "kan dan",
    "马家堡": "ma jia pu",
    "十里堡": "shi li pu",
    "大栅栏": "da shi lan",
    "什刹海": "shi cha hai",
    "中都": "zhong du",
    "增长": "zeng zhang",
    "净增长": "jing zeng zhang",
    "链长": "lian zhang",
    "单县": "shan xian",
    "单于": "chan yu",
    "盖州": "gai zhou",
    "盖县": "gai xian",
}
# How characters are read as the surname that a name begins with, where it is not how they are read first.
AS_SURNAMES = """
    单shan 仇qiu 查zha 盖ge 解xie 区ou 任ren 朴piao 乐yue 种chong 折she 员yun 召shao 翟zhai 缪miao 覃qin 秘bi 繁po
    尉wei 冼xian 隗wei
"""
SURNAMES = {pair[0]: pair[1:] for pair in AS_SURNAMES.split()}
