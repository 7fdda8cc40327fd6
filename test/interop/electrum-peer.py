"""What Electrum makes of phrases and of SLIP-39 shares: a JSON document in, one out. Everything in them is made up for a test."""

import json
import sys

from electrum import bitcoin, keystore, slip39
from electrum.bip32 import BIP32Node

ACCOUNTS = {
    "bip44": ("standard", "m/44'/0'/3'", "p2pkh"),
    "bip49": ("p2wpkh-p2sh", "m/49'/0'/3'", "p2wpkh-p2sh"),
    "bip84": ("p2wpkh", "m/84'/0'/3'", "p2wpkh"),
}


def account(seed, kind, path, script):
    node = BIP32Node.from_rootseed(seed, xtype=kind).subkey_at_private_derivation(path)
    change = node.subkey_at_public_derivation("/1/7").eckey.get_public_key_hex(compressed=True)
    return {
        "privateKey": node.to_xprv(),
        "publicKey": node.to_xpub(),
        "change": bitcoin.pubkey_to_address(script, change),
    }


def wallet(words, passphrase):
    seed = keystore.bip39_to_seed(words, passphrase)
    return {
        "seed": seed.hex(),
        "fingerprint": BIP32Node.from_rootseed(seed, xtype="standard").calc_fingerprint_of_this_node().hex(),
        "accounts": {name: account(seed, *rules) for name, rules in ACCOUNTS.items()},
    }


asked = json.load(sys.stdin)
json.dump(
    {
        "valid": [keystore.bip39_is_checksum_valid(words)[0] for words in asked["english"]],
        "wallets": [wallet(words, passphrase) for words, passphrase in asked["wallets"]],
        "secrets": [slip39.recover_ems(shares).decrypt(passphrase).hex() for shares, passphrase in asked["shares"]],
    },
    sys.stdout,
)
