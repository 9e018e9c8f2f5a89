"""Right and wrong answers to 10.3, written as learners write them."""

SHOWN, REFUTED, OPEN = "shown", "refuted", "open"
EXACT = {
    "a": SHOWN,
    "b": REFUTED,
    "c": OPEN,
    "d": OPEN,
    "e": REFUTED,
    "f": SHOWN,
    "g": OPEN,
    "h": OPEN,
}

RIGHT = [
    EXACT,
    {name: word.upper() for name, word in EXACT.items()},
    {name: f" {word.title()} " for name, word in EXACT.items()},
    dict(sorted(EXACT.items(), reverse=True)),
    dict.fromkeys("cdgh", OPEN)
    | dict.fromkeys("be", REFUTED)
    | dict.fromkeys("af", SHOWN),
]

# the name of the mistake that the check is to find
WRONG = {
    "a is left open, although the two intervals lie far apart": EXACT | {"a": OPEN},
    "b takes the cap for a result": EXACT | {"b": SHOWN},
    "b is left open, although it is about the ten runs that were made": (
        EXACT | {"b": OPEN}
    ),
    "c is decided by the medians alone": EXACT | {"c": SHOWN},
    "c is taken to be refuted, since the intervals overlap": EXACT | {"c": REFUTED},
    "d takes a difference that was not shown for equality": EXACT | {"d": SHOWN},
    "d is taken to be refuted, since the medians differ": EXACT | {"d": REFUTED},
    "e compares the cells at one bias, not each at its best": EXACT | {"e": SHOWN},
    "e is left open, although the ratio of the best two is given": EXACT | {"e": OPEN},
    "f is left open, since the intervals of the two medians overlap": (
        EXACT | {"f": OPEN}
    ),
    "f is taken to be refuted, since the intervals overlap": EXACT | {"f": REFUTED},
    "g takes ten of ten for certainty": EXACT | {"g": SHOWN},
    "g is taken to be refuted, though no run failed": EXACT | {"g": REFUTED},
    "h takes it that what is slow gets there in the end": EXACT | {"h": "Shown"},
    "h takes it that what was not solved in time will never be": EXACT | {"h": REFUTED},
}

# wrong in a way that the bank does not know
STRANGE = [
    EXACT | {"a": REFUTED},
    dict.fromkeys(EXACT, "yes"),
    dict.fromkeys(EXACT, True),
    list(EXACT.values()),
    {"a": SHOWN},
]
