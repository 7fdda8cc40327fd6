"""What a PIV card has for everybody to read (NIST SP 800-73-4, part 1, appendix A)."""

import datetime
import os

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509.oid import NameOID

from tlv import tlv

AID = bytes.fromhex("a000000308000010000100")


def certificate(key, name):
    """Signed with the key that it is for."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    start = datetime.datetime(2025, 1, 1)
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
    builder = builder.serial_number(1).not_valid_before(start).not_valid_after(start.replace(year=2045))
    signed = builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)
    return tlv(0x70, signed) + tlv(0x71, b"\0") + tlv(0xFE, b"")


def holder_identifier():
    number = bytes.fromhex("d4e739da739ced39ce739d836858210842108421c84210c3eb")
    parts = {0x30: number, 0x34: os.urandom(16), 0x35: b"20301231", 0x3E: b"", 0xFE: b""}
    return b"".join(tlv(tag, value) for tag, value in parts.items())


def capabilities():
    card = bytes.fromhex("a000000116ff02") + os.urandom(14)
    parts = {0xF0: card, 0xF1: b"\x21", 0xF2: b"\x21", 0xF4: b"\0", 0xF5: b"\x10"}
    empty = (0xF3, 0xF6, 0xF7, 0xFA, 0xFB, 0xFC, 0xFD, 0xFE)
    return b"".join(tlv(tag, value) for tag, value in sorted({**parts, **dict.fromkeys(empty, b"")}.items()))


def discovery():
    return tlv(0x4F, AID) + tlv(0x5F2F, b"\x40\x00")
