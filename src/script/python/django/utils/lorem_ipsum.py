"""Text that means nothing, to fill pages with."""

import random

COMMON_P = (
    "Lorem ipsum dolor sit amet, consectetur adipisicing elit, sed do eiusmod tempor incididunt ut labore et dolore "
    "magna aliqua. Ut enim ad minim veniam, quis nostrud exercitation ullamco laboris nisi ut aliquip ex ea commodo "
    "consequat. Duis aute irure dolor in reprehenderit in voluptate velit esse cillum dolore eu fugiat nulla "
    "pariatur. Excepteur sint occaecat cupidatat non proident, sunt in culpa qui officia deserunt mollit anim id "
    "est laborum."
)
COMMON_WORDS = tuple(COMMON_P.lower().replace(",", "").replace(".", "").split()[:19])
WORDS = tuple(sorted(set(COMMON_P.lower().replace(",", "").replace(".", "").split())))


def sentence():
    """One sentence of one to five parts."""
    parts = [" ".join(random.sample(WORDS, random.randint(3, 12))) for _ in range(random.randint(1, 5))]
    text = ", ".join(parts)
    return f"{text[0].upper()}{text[1:]}{random.choice('?.')}"


def paragraph():
    return " ".join(sentence() for _ in range(random.randint(1, 4)))


def paragraphs(count, common=True):
    """So many paragraphs, of which the first is the known one if `common`."""
    return [COMMON_P if common and at == 0 else paragraph() for at in range(count)]


def words(count, common=True):
    """So many words, which begin as everybody knows them if `common`."""
    chosen = list(COMMON_WORDS[:count]) if common else []
    while len(chosen) < count:
        chosen.extend(random.sample(WORDS, min(count - len(chosen), len(WORDS))))
    return " ".join(chosen)
