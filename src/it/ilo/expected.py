"""What the clients cannot do with an iLO, and why; all else must be ok."""

PROFILES = ["ilo3-g7", "ilo4-gen8", "ilo4-gen9", "ilo5", "ilo6", "ilo7"]

# (client, profiles, operations, what the client says as a regular expression); None stands for all operations
EXCEPTIONS = [
    # G7 and Gen8 know nothing but legacy BIOS.
    ("hpilo", ["ilo3-g7", "ilo4-gen8"], ["boot-mode"], "Feature not supported - GET_SUPPORTED_BOOT_MODE"),
    ("proliantutils", ["ilo3-g7", "ilo4-gen8"], ["boot-mode"], "GET_SUPPORTED_BOOT_MODE is not supported on ProLiant"),
    # An iLO 3 has no Redfish.
    ("sushy", ["ilo3-g7"], None, "ResourceNotFoundError: .*/redfish/v1/ not found"),
    # An iLO 4 has no standard InsertMedia: sushy falls back to a PATCH with the read-only Inserted.
    ("sushy", ["ilo4-gen8", "ilo4-gen9"], ["insert-cd", "insert-floppy"], "PATCH .*VirtualMedia/. returned code 400"),
    ("sushy", ["ilo4-gen8", "ilo4-gen9"], ["status-cd"], r"\(False, ''\) instead of \(True"),
    ("sushy", ["ilo4-gen8", "ilo4-gen9"], ["eject-cd", "eject-floppy"], "VirtualMedia/. returned code 400"),
    # Nor does its Redfish know Continuous, or a link to the BIOS where sushy looks for it.
    ("sushy", ["ilo4-gen8", "ilo4-gen9"], ["persistent-boot"], "PATCH .*Systems/1/ returned code 400"),
    ("sushy", ["ilo4-gen8", "ilo4-gen9"], ["boot-mode"], "Bios is missing from the resource"),
    # RIBCL is off in an iLO 6 and unknown to an iLO 7.
    ("hpilo", ["ilo6"], None, "RIBCLI is disabled"),
    ("hpilo", ["ilo7"], None, "maybe it's not an iLO"),
    ("proliantutils", ["ilo6", "ilo7"], ["health"], "NotImplementedError"),
    # An iLO 7 takes https only, and proliantutils looks at the URL first; its drives have no actions of HPE's own.
    ("proliantutils", ["ilo7"], ["insert-cd", "insert-floppy"], "ImageRefValidationFailed"),
    ("proliantutils", ["ilo7"], ["boot-once-cd", "eject-cd", "eject-floppy"], "Oem/Hpe/Actions is missing"),
    # It boots by UEFI only.
    ("proliantutils", ["ilo7"], ["boot-mode"], "failed to set pending boot mode to LEGACY"),
]


def of(client, profile, operation):
    for who, profiles, operations, answer in EXCEPTIONS:
        if who == client and profile in profiles and (operations is None or operation in operations):
            return answer
    return "ok"
