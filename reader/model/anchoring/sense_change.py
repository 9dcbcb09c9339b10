"""Whether what is left of a passage says something else: another number, unit, drug or "not"."""

from __future__ import annotations

import re

from reader.model.anchoring.word_diff import Difference, differences
from reader.model.span import Span

# Ends of the international names of medicines.
# Source: WHO, The use of stems in the selection of International Nonproprietary Names.
_STEMS = (
    "azepam azolam barbital cillin micin mycin cycline floxacin oxacin conazole fungin vir ciclovir"
    " amivir buvir previr tegravir nidazole bendazole quine pril prilat sartan olol alol dipine"
    " zosin pamil semide thiazide statin vastatin fibrate gliptin gliflozin glutide glitazone"
    " glinide formin parin xaban gatran grel grelor plase coxib profen fenac oxicam orphan caine"
    " curium curonium flurane fentanil orphine eridine triptan setron pitant prazole tidine"
    " oxetine ipramine triptyline azine peridol apine idone piprazole gabalin gabapentin racetam"
    " bamate toin ximab zumab umab tinib ciclib parib rafenib limus platin rubicin taxel bicin"
    " abine trexate poside tecan terol tropium lukast phylline sone solone onide olone dronate"
    " dronic relin relix estrant ifene steride gestrel trel tide"
).split()
_DRUG = re.compile(
    rf"\b(?:[^\W\d_]{{2,}}(?:{'|'.join(sorted(_STEMS, key=len, reverse=True))})s?"
    r"|(?:cef|sulfa|gli|predni|insulin)[^\W\d_]{3,})\b",
    re.IGNORECASE,
)
# A name right before a dose, as in a row of a table or "drug 5 mg".
_DOSE = re.compile(r"\W*\d[\d.,\s]*(?:[µμmkn]?g|m[lL]|mmol|mol|units?|IU|U|%|mcg)\b")
_SENTENCE_END = re.compile(r"[.!?][\s”\"’)\]]*$|\n\s*$")


def is_turned(old: str, new: str) -> bool:
    """Whether a passage and what stands for it differ in a number, a unit, a drug or a negation.

    Whole sentences or lines that are gone from an end of it turn nothing: those that are left say
    what they said.
    """
    return any(_turns(one, old, new) for one in differences(old, new))


def _turns(one: Difference, old: str, new: str) -> bool:
    if _is_cut_off(one, old):
        return False
    return one.grave or _names_a_drug(one.old, old) or _names_a_drug(one.new, new)


def _names_a_drug(span: Span, text: str) -> bool:
    said = span.cut(text)
    if _DRUG.search(said):
        return True
    return said[-1:].isalpha() and _DOSE.match(text, span.end) is not None


def _is_cut_off(one: Difference, old: str) -> bool:
    """Whether it is whole sentences at an end of the passage that are gone."""
    if len(one.new):
        return False
    before, gone, after = old[: one.old.start], one.old.cut(old), old[one.old.end :]
    if not re.search(r"\w", after):
        return bool(_SENTENCE_END.search(before))
    if not re.search(r"\w", before):
        return bool(_SENTENCE_END.search(gone) or re.match(r"[^\S\n]*\n", after))
    return False
