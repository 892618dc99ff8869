"""A record in sentences made of what is stated of it, each fact with the paragraphs that state it behind it."""

from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext

from fengtai.lists.sentences import Clause, Sentence
from fengtai.pages.facts import Fact
from fengtai.records.anchors import part_name
from fengtai.records.chinese import lang_of
from fengtai.records.links import Link, Proof, citation_html

ENDS = ("。", ".", "！", "？")


def sentences(table, said: dict[str, Fact]) -> list[SafeString]:
    """As the table declares them; clauses of which nothing is stated are left out, and sentences without clauses."""
    made = (_sentence(sentence, said) for sentence in table.sentences)
    return [sentence for sentence in made if sentence]


def _sentence(sentence: Sentence, said: dict[str, Fact]) -> SafeString:
    found = [(clause, [said[name] for name in clause.names if name in said]) for clause in sentence]
    told = [_clause(clause, facts) for clause, facts in found if facts]
    if not told:
        return mark_safe("")
    last = [facts[0] for _clause_, facts in found if facts][-1]
    end = "" if str(last.value).endswith(ENDS) else pgettext("end of a sentence", ".")
    return mark_safe(capfirst(pgettext("between clauses", ", ").join(told)) + end)


def _clause(clause: Clause, facts: list[Fact]) -> str:
    """The first of the facts, with what proves any of them."""
    fact, proofs = facts[0], [proof for one in facts for proof in one.citations]
    known = {_place(proof) for link in fact.parts for proof in link.proofs}
    behind = _proofs([proof for proof in proofs if _place(proof) not in known])
    told, anchor = [], f' id="{fact.anchor}"'
    for phrase, html in _phrased(clause, fact):
        told.append(str(phrase) % {"fact": f'<span class="told"{anchor}>{html}{behind}</span>'})
        anchor = behind = ""
    return pgettext("between clauses", ", ").join(told)


def _phrased(clause: Clause, fact: Fact) -> list[tuple[str, str]]:
    """What is told in which phrase: what is over apart from what goes on."""
    if not fact.parts:
        return [(clause.phrase, fact.html)]
    over = [link for link in fact.parts if clause.past and link.is_over]
    going_on = [link for link in fact.parts if not (clause.past and link.is_over)]
    parted = [(clause.phrase, going_on), (clause.past, over)]
    return [(phrase, gettext(", ").join(_part(fact.name, link) for link in links)) for phrase, links in parted if links]


def _part(name: str, link: Link) -> str:
    anchor = f' id="{part_name(name, link.row)}"' if link.row else ""
    return f"<span{anchor}>{link.html()}{_proofs(link.proofs)}</span>"


def _place(proof: Proof) -> tuple:
    return proof.source, proof.paragraph


def _proofs(proofs: list[Proof]) -> str:
    """Each paragraph once; its words stand there on paper, and on the screen at the end of the link."""
    by_place: dict[tuple, list[Proof]] = {}
    for proof in proofs:
        by_place.setdefault(_place(proof), []).append(proof)
    return "".join(f' <span class="proof">{_proof(same)}</span>' for same in by_place.values())


def _proof(same: list[Proof]) -> str:
    words = " / ".join(dict.fromkeys(proof.words for proof in same if proof.words))
    link = citation_html(same[0].address, same[0].title, words, escape(same[0].paragraph_shown))
    return f'{link}<q class="on-paper"{lang_of(words)}>{escape(words)}</q>' if words else link
