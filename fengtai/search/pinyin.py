"""Pinyin: the syllables of a Chinese text, and the syllables that typed letters may stand for."""

import json
import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.util import find_spec
from itertools import islice, product
from operator import add
from pathlib import Path

from fengtai.search.name_readings import IN_NAMES, SURNAMES

# Without tones; ü is typed v.
SPOKEN = """
    a ai an ang ao ba bai ban bang bao bei ben beng bi bian biao bie bin bing bo bu ca cai can cang cao ce cen ceng
    cha chai chan chang chao che chen cheng chi chong chou chu chua chuai chuan chuang chui chun chuo ci cong cou cu
    cuan cui cun cuo da dai dan dang dao de dei den deng di dia dian diao die ding diu dong dou du duan dui dun duo e
    ei en eng er fa fan fang fei fen feng fo fou fu ga gai gan gang gao ge gei gen geng gong gou gu gua guai guan
    guang gui gun guo ha hai han hang hao he hei hen heng hong hou hu hua huai huan huang hui hun huo ji jia jian
    jiang jiao jie jin jing jiong jiu ju juan jue jun ka kai kan kang kao ke ken keng kong kou ku kua kuai kuan kuang
    kui kun kuo la lai lan lang lao le lei leng li lia lian liang liao lie lin ling liu long lou lu luan lun luo lv
    lve ma mai man mang mao me mei men meng mi mian miao mie min ming miu mo mou mu na nai nan nang nao ne nei nen
    neng ni nian niang niao nie nin ning niu nong nou nu nuan nuo nv nve o ou pa pai pan pang pao pei pen peng pi pian
    piao pie pin ping po pou pu qi qia qian qiang qiao qie qin qing qiong qiu qu quan que qun ran rang rao re ren reng
    ri rong rou ru ruan rui run ruo sa sai san sang sao se sen seng sha shai shan shang shao she shei shen sheng shi
    shou shu shua shuai shuan shuang shui shun shuo si song sou su suan sui sun suo ta tai tan tang tao te teng ti
    tian tiao tie ting tong tou tu tuan tui tun tuo wa wai wan wang wei wen weng wo wu xi xia xian xiang xiao xie xin
    xing xiong xiu xu xuan xue xun ya yan yang yao ye yi yin ying yo yong you yu yuan yue yun za zai zan zang zao ze
    zei zen zeng zha zhai zhan zhang zhao zhe zhei zhen zheng zhi zhong zhou zhu zhua zhuai zhuan zhuang zhui zhun
    zhuo zi zong zou zu zuan zui zun zuo
"""
TYPED = {"lu": "lv", "nu": "nv", "lue": "lve", "nue": "nve"}  # how many type ü
SYLLABLES = frozenset([*SPOKEN.split(), *TYPED])
INITIALS = {syllable: syllable[0] for syllable in SYLLABLES}
DICTIONARIES = ("pinyin_dict.json", "phrases_dict.json")  # of pypinyin: by the codes of characters, and by phrase
PHRASES = (4, 3, 2)  # lengths, the longest first
LATIN = re.compile(r"[\x00-\x7f]+")
LETTERS_TYPED, WAYS = 60, 6  # letters that may be syllables, and in how many ways they are tried
SPELLINGS = 4  # of each way


@lru_cache(1024)  # asked twice of each name: for its tokens and for its sort key
def syllables(run: str) -> tuple[str, ...]:
    """The pinyin of a text without tones: a syllable for each Chinese character; Latin words and numbers stay."""
    single, phrases, begins, turns = _dictionary()
    if turns.isdisjoint(map(add, run, run[1:])) and not LATIN.search(run):
        return tuple(map(single.get, run, run))
    pieces, at = [], 0
    while at < len(run):
        char, length = run[at], 1
        if run[at : at + 2] in begins:
            length = next((length for length in PHRASES if run[at : at + length] in phrases), 1)
        if length > 1:
            pieces += phrases[run[at : at + length]]
        elif char.isascii():
            pieces.append(LATIN.match(run, at).group())
            length = len(pieces[-1])
        else:
            pieces.append(single.get(char, char))
        at += length
    return tuple(pieces)


def as_surnames(run: str, spoken: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The other reading of a name that may begin with a surname, if there is one."""
    surname = SURNAMES.get(run[0])
    return [(surname, *spoken[1:])] if surname and surname != spoken[0] else []


@cache
def _dictionary() -> tuple[dict[str, str], dict[str, list[str]], set[str], set[str]]:
    """Pinyin by character and by phrase; the first two characters of every phrase, and of each phrase that is
    pronounced otherwise than its characters one by one.
    """
    # Loading it takes half a second, so it waits until a name is written; pypinyin itself would keep all of it, twice.
    folder = Path(find_spec("pypinyin").origin).parent
    characters, words = (json.loads((folder / name).read_text("utf-8")) for name in DICTIONARIES)
    spelled = {chr(int(code)): [_toneless(one) for one in text.split(",")] for code, text in characters.items()}
    several = {char for char, found in spelled.items() if len(set(found)) > 1}
    phrases = {
        phrase: [_toneless(syllable[0]) for syllable in found]
        for phrase, found in words.items()
        if len(phrase) in PHRASES and not several.isdisjoint(phrase)
    }
    single = {char: found[0] for char, found in spelled.items()}
    for text, spelled in IN_NAMES.items():
        (single if len(text) == 1 else phrases)[text] = spelled if len(text) == 1 else spelled.split()
    turns = {phrase[:2] for phrase, found in phrases.items() if found != [single[char] for char in phrase]}
    return single, phrases, {phrase[:2] for phrase in phrases}, turns


@cache
def _toneless(syllable: str) -> str:
    letters = unicodedata.normalize("NFD", syllable).replace("u\u0308", "v")
    return "".join(letter for letter in letters if letter.isalpha())


def typed_for(letters: str) -> list[list[str]]:
    """The ways to cut typed letters and digits into syllables, of which the last may be unfinished."""
    if len(letters) > LETTERS_TYPED:
        return []
    ends = _possible_ends(letters)
    ways = [([], 0)]
    finished = []
    while ways and len(finished) < WAYS:
        pieces, at = ways.pop()
        if at == len(letters):
            finished.append(pieces)
        ways += [([*pieces, letters[at:end]], end) for end in ends[at]]
    return finished


def spellings(pieces: list[str]) -> Iterator[list[str]]:
    """The same syllables with u read as ü where either may be meant: lvsuo is typed lusuo, too."""
    either = [(piece, TYPED[piece]) if piece in TYPED else (piece,) for piece in pieces]
    return map(list, islice(product(*either), SPELLINGS))


def unfinished(piece: str) -> list[str]:
    """The syllables that begin with these letters."""
    return sorted(syllable for syllable in SYLLABLES if syllable.startswith(piece)) or [piece]


def _possible_ends(letters: str) -> list[list[int]]:
    """For each position, where a piece that begins there may end so that the rest can be cut into pieces too."""
    size = len(letters)
    ends: list[list[int]] = [[] for _ in range(size + 1)]
    for at in reversed(range(size)):
        for end in range(at + 1, min(at + 6, size) + 1):
            if (end == size or ends[end]) and _is_piece(letters, at, end):
                ends[at].append(end)
    return ends


def _is_piece(letters: str, at: int, end: int) -> bool:
    piece = letters[at:end]
    if piece.isdigit():  # a whole number
        return not letters[at - 1 : at].isdigit() and not letters[end : end + 1].isdigit()
    return piece in SYLLABLES or (end == len(letters) and piece in BEGINNINGS)


BEGINNINGS = frozenset(syllable[:length] for syllable in SYLLABLES for length in range(1, len(syllable)))
