"""Everything random or secret: tokens and their digests, password and PIN hashes, keyed hashes, derived keys.

`configure()` gives the process its two keys once, at start; the secret key signs and derives, the pepper is mixed into
the hashes of what is too short to be safe alone (PINs, pupils' codes) and is never stored beside them.
"""

import base64
import binascii
import hashlib
import hmac
import secrets
import unicodedata
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MAX_SECRET_CHARACTERS = 256
"""Nothing longer reaches the slow hash."""

CLASS_CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Digits and capitals that nobody confuses: no 0 O, no 1 I L."""
CLASS_CODE_LENGTH = 6
PIN_LENGTH = 6

_ID_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
_ID_LENGTH = 20
_HASHES_AT_ONCE = 2

_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)  # 19 MiB: OWASP's argon2id, ~45 ms
_slots = BoundedSemaphore(_HASHES_AT_ONCE)  # a class signing in together must not take all memory and both cores
_NOBODY = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5IGxpdmVzIGhlcmU$fH0VUlYPCQfjlMpZTXMZvvQyG1mVQTLfTyVlvGf4kSg"


@dataclass(frozen=True, slots=True)
class _Keys:
    secret_key: bytes
    pepper: bytes


_configured: list[_Keys] = []


def configure(*, secret_key: str, pepper: str) -> None:
    """Give this process its keys; the factory does it before anything else."""
    _configured[:] = [_Keys(secret_key.encode(), pepper.encode())]


def _keys() -> _Keys:
    if not _configured:
        raise RuntimeError("kit.secrets.configure() has not been called: no key to hash or derive with")
    return _configured[0]


# ---- Random values ----


def token(*, bits: int = 256) -> str:
    """A fresh URL-safe secret of so many random bits, to be shown once and stored only as its digest."""
    return secrets.token_urlsafe(bits // 8)


def public_id() -> str:
    """An identifier for URLs that nobody can guess (20 characters, 99 bits)."""
    return "".join(secrets.choice(_ID_ALPHABET) for _ in range(_ID_LENGTH))


def class_code() -> str:
    """A fresh class code: six characters without 0 O 1 I L."""
    return "".join(secrets.choice(CLASS_CODE_ALPHABET) for _ in range(CLASS_CODE_LENGTH))


def typed_code() -> str:
    """A fresh secret that can be typed from paper: twenty characters that nobody confuses (99 bits)."""
    return "".join(secrets.choice(CLASS_CODE_ALPHABET) for _ in range(20))


def pin() -> str:
    """A fresh six-digit PIN; never one digit six times, nor a run such as 123456 or 987654."""
    while True:
        digits = "".join(secrets.choice("0123456789") for _ in range(PIN_LENGTH))
        steps = {(int(after) - int(before)) % 10 for before, after in pairwise(digits)}
        if steps not in ({0}, {1}, {9}):
            return digits


# ---- Fast hashes ----


def digest(secret: str) -> str:
    """SHA-256 of a random token, as 64 hexadecimal digits: enough for what has 128 bits or more."""
    return hashlib.sha256(secret.encode()).hexdigest()


def keyed_hash(text: str, *, purpose: str) -> str:
    """HMAC-SHA-256 under the pepper, as 64 hexadecimal digits; equal texts of different purposes do not match."""
    return hmac.new(_keys().pepper, f"{purpose}\x00{text}".encode(), hashlib.sha256).hexdigest()


def derive_key(subject: str, *, purpose: str, length: int = 32) -> bytes:
    """A key of `length` bytes for one subject and purpose, from the secret key (HKDF-SHA-256, RFC 5869)."""
    info = f"{purpose}\x00{subject}".encode()
    return HKDF(algorithm=SHA256(), length=length, salt=None, info=info).derive(_keys().secret_key)


# ---- Sealing ----

_NONCE_BYTES = 12


class Unsealable(ValueError):
    """What was sealed with another key, for another label, or not at all."""


def seal(key: bytes, text: bytes, label: str) -> str:
    """AES-256-GCM of `text` bound to `label`, as URL-safe base64 of nonce and ciphertext."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return to_base64(nonce + AESGCM(key).encrypt(nonce, text, label.encode()))


def unseal(key: bytes, sealed: str, label: str) -> bytes:
    """The text of `seal`. Raises Unsealable."""
    try:
        data = base64.b64decode(sealed + "=" * (-len(sealed) % 4), altchars=b"-_", validate=True)
        return AESGCM(key).decrypt(data[:_NONCE_BYTES], data[_NONCE_BYTES:], label.encode())
    except (binascii.Error, InvalidTag, ValueError) as error:
        raise Unsealable from error


def to_base64(data: bytes) -> str:
    """URL-safe base64 without padding, as web pages carry keys."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


# ---- Slow hashes ----


def hash_password(password: str) -> str:
    """The argon2id hash of a password; ValueError when it is longer than any we accept."""
    with _slots:
        return _hasher.hash(_prepared(password))


def verify_password(stored: str | None, password: str) -> bool:
    """Whether the password is the stored one; with nothing stored the answer is no, after the same work."""
    return _verify(stored, password)


def hash_pin(digits: str) -> str:
    """The argon2id hash of a PIN mixed with the pepper."""
    return hash_password(_peppered(digits))


def hash_pins(pins: Iterable[str]) -> list[str]:
    """The hashes of a whole class's PINs, in their order, as many at once as the process may."""
    with ThreadPoolExecutor(_HASHES_AT_ONCE) as pool:
        return list(pool.map(hash_pin, pins))


def verify_pin(stored: str | None, digits: str) -> bool:
    """Whether the PIN is the stored one; with nothing stored the answer is no, after the same work."""
    return _verify(stored, _peppered(digits))


def needs_rehash(stored: str) -> bool:
    """Whether a hash was made with other parameters than today's."""
    return _hasher.check_needs_rehash(stored)


def _peppered(digits: str) -> str:
    return keyed_hash(digits, purpose="pin")


def _verify(stored: str | None, password: str) -> bool:
    if len(password) > MAX_SECRET_CHARACTERS:
        return False
    with _slots:
        try:
            _hasher.verify(stored or _NOBODY, _prepared(password))
        except (VerificationError, InvalidHashError):
            return False
    return stored is not None


def _prepared(password: str) -> str:
    if len(password) > MAX_SECRET_CHARACTERS:
        raise ValueError(f"a secret has at most {MAX_SECRET_CHARACTERS} characters")
    return unicodedata.normalize("NFC", password)  # the same word from two keyboards is the same password
