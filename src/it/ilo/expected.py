"""What the clients cannot do with an iLO, and why; all else must be ok."""

PROFILES = ["ilo3-g7", "ilo4-gen8", "ilo4-gen9", "ilo5", "ilo6", "ilo7"]

# (client, profile, operation, the answer as a regular expression); "*" stands for all operations
EXCEPTIONS = [
]


def of(client, profile, operation):
    for who, where, what, answer in EXCEPTIONS:
        if who == client and where == profile and what in (operation, "*"):
            return answer
    return "ok"
