"""Which statistical package wrote a file, told from its first bytes."""

__all__ = ["package_of"]

_SAS = bytes.fromhex("000000000000000000000000c2ea8160b31411cfbd92080009c7318c181f1011")


def package_of(head: bytes) -> str | None:
    """Return the usual suffix of a file of SPSS, Stata or SAS, ``None`` where it is none of them.

    Source:
        PSPP developers' guide, *System File Format* and *Portable File Format*; Stata, *dta file formats* 113 to 119; SAS
        transport format, TS-140.

    Example:
        >>> package_of(b"$FL2@(#) SPSS DATA FILE"), package_of(b"<stata_dta><header>"), package_of(b"id,age")
        ('sav', 'dta', None)
    """
    if head.startswith((b"$FL2", b"$FL3")):
        return "sav" if head.startswith(b"$FL2") else "zsav"
    if head.startswith(b"<stata_dta>") or (
        head[:1] in _OLD_STATA and head[1:2] in b"\x01\x02" and head[2:4] == b"\x01\x00"
    ):
        return "dta"
    if head.startswith(_SAS):
        return "sas7bdat"
    if head.startswith((b"HEADER RECORD*******LIBRARY HEADER RECORD", b"HEADER RECORD*******LIBV8")):
        return "xpt"
    return "por" if b"SPSS PORT FILE" in head[:128] or b"ASCII SPSS" in head[:80] else None


_OLD_STATA = frozenset({bytes([version]) for version in range(105, 116)})
