"""One typed letter amiss: which words of the directory someone may have meant.

Each word is kept with every form of it that lacks one letter. Two words that differ by one letter put in, left out,
changed or swapped with its neighbour share such a form, so a handful of exact look-ups finds all candidates, on any
database, and the few found are compared letter by letter. Trigrams would need an extension of PostgreSQL that may not
be there, have no like in SQLite, and miss typos in short words.
"""

from collections.abc import Iterable

from whatmatters.directory.models import Misspelling, Word

SHORTEST = 5  # letters of a word that is looked for with a typo
BATCH = 400  # look-ups at a time: SQLite takes a thousand


def shorter(word: str) -> set[str]:
    """The word, and the word with each one letter left out."""
    return {word} | {word[:at] + word[at + 1 :] for at in range(len(word))}


def worth_knowing(word: str) -> bool:
    return len(word) >= SHORTEST and not any(letter.isdigit() for letter in word)


def learn(words: Iterable[str]) -> None:
    """Knows these words from now on. What is known stays: a word that no entry holds any more finds nothing."""
    asked = sorted({word for word in words if worth_knowing(word)})
    new = []
    for start in range(0, len(asked), BATCH):
        some = asked[start : start + BATCH]
        known = set(Word.objects.filter(word__in=some).values_list("word", flat=True))
        new += [word for word in some if word not in known]
    Word.objects.bulk_create([Word(word=word) for word in new], BATCH, ignore_conflicts=True)
    forms = [Misspelling(text=text, word_id=word) for word in new for text in sorted(shorter(word))]
    Misspelling.objects.bulk_create(forms, BATCH, ignore_conflicts=True)


def meant(typed: Iterable[str]) -> dict[str, set[str]]:
    """For each word typed, the known words that are one typo from it, itself left out. One query for all."""
    forms = {word: shorter(word) for word in typed if worth_knowing(word + "x")}
    every = {form for some in forms.values() for form in some}
    if not every:
        return {}
    found = list(Misspelling.objects.filter(text__in=every).values_list("text", "word_id"))
    return {
        word: {near for text, near in found if text in some and near != word and one_apart(word, near)}
        for word, some in forms.items()
    }


def one_apart(one: str, other: str) -> bool:
    """At most one letter is put in, left out, changed, or swapped with its neighbour."""
    if len(one) > len(other):
        one, other = other, one
    if len(other) - len(one) > 1:
        return False
    same = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    rest, rest_other = one[same:], other[same:]
    if len(one) < len(other):
        return rest == rest_other[1:]
    swapped = rest[1:2] + rest[:1] + rest[2:] == rest_other
    return rest[1:] == rest_other[1:] or swapped
