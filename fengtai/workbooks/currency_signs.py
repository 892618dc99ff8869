"""Which currency a sign in a number format means: $ alone says little, HK$ or $ with the language of Hong Kong does."""

import re

# Currency → the sign that a figure is printed with, then others that mean it.
SIGNS = {
    "元": "¥ ￥ CN¥ CNY",
    "美元": "US$ USD",
    "港元": "HK$ HKD",
    "澳门元": "MOP$ MOP",
    "新台币": "NT$ TWD",
    "欧元": "€ EUR",
    "英镑": "£ ￡ GBP",
    "日元": "JP¥ J¥ JPY",
    "韩元": "₩ ￦ KRW",
    "卢布": "₽ RUB",
    "加元": "CA$ C$ CAD",
    "澳元": "A$ AU$ AUD",
    "新加坡元": "S$ SG$ SGD",
    "瑞士法郎": "CHF",
}
MEANT = {sign: currency for currency, signs in SIGNS.items() for sign in signs.split()}
FRONT = {currency: signs.split()[0] for currency, signs in SIGNS.items()}
# $ and ¥ by the language that the format names; without one $ is the dollar that everybody writes so.
DOLLARS = {
    "": "美元",
    "409": "美元",
    "en-us": "美元",
    "404": "新台币",
    "zh-tw": "新台币",
    "c04": "港元",
    "zh-hk": "港元",
    "1404": "澳门元",
    "1004": "新加坡元",
    "4809": "新加坡元",
    "en-sg": "新加坡元",
    "c09": "澳元",
    "en-au": "澳元",
    "1009": "加元",
    "c0c": "加元",
    "en-ca": "加元",
}
YENS = {"411": "日元", "ja-jp": "日元"}
WRITTEN = re.compile(
    rf"(?<![A-Za-z])(?:{'|'.join(re.escape(sign) for sign in sorted(MEANT, key=len, reverse=True))}|\$)(?![A-Za-z])"
)
ANY = re.compile("[$¥￥€£￡₩￦₽]")


def currency_of(sign: str, locale: str = "") -> str:
    """The name of the currency that a sign means; empty where that cannot be told."""
    language = locale.lower().lstrip("0")
    if sign == "$":
        return DOLLARS.get(language, "")
    if sign in ("¥", "￥"):
        return YENS.get(language, "元")
    return MEANT.get(sign, "")
