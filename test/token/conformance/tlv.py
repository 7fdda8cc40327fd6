"""BER-TLV, as cards speak it: tags and lengths of one to three bytes."""


def tlv(tag, value):
    name = tag.to_bytes((tag.bit_length() + 7) // 8, "big")
    size = len(value)
    if size < 0x80:
        return name + bytes([size]) + value
    if size < 0x100:
        return name + bytes([0x81, size]) + value
    return name + b"\x82" + size.to_bytes(2, "big") + value


def read_tlvs(content):
    """Values by their tags."""
    found = {}
    at = 0
    while at < len(content):
        start = at
        at += 1
        if content[start] & 0x1F == 0x1F:
            at += 1
            while content[at - 1] & 0x80:
                at += 1
        tag = int.from_bytes(content[start:at], "big")
        size = content[at]
        at += 1
        if size > 0x80:
            width = size & 0x7F
            size = int.from_bytes(content[at : at + width], "big")
            at += width
        found[tag] = content[at : at + size]
        at += size
    return found
