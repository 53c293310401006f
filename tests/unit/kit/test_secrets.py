"""Tokens, digests and hashes."""

import pytest

from school_safety.kit import secrets


@pytest.fixture(autouse=True)
def _keys() -> None:
    secrets.configure(secret_key="s" * 40, pepper="p" * 40)


def test_a_token_carries_the_bits_asked_for_and_never_repeats() -> None:
    made = {secrets.token(bits=128) for _ in range(200)}
    assert len(made) == 200
    assert {len(token) for token in made} == {22}
    assert len(secrets.token()) == 43


def test_a_class_code_has_six_characters_that_nobody_confuses() -> None:
    codes = [secrets.class_code() for _ in range(500)]
    assert {len(code) for code in codes} == {6}
    assert not set("".join(codes)) & set("01OIL")


def test_a_public_id_is_lower_case_and_fits_a_url() -> None:
    ids = {secrets.public_id() for _ in range(200)}
    assert len(ids) == 200
    assert all(len(value) == 20 and value.isalnum() and value == value.lower() for value in ids)


def test_a_pin_is_six_digits_and_never_a_run_or_one_digit_repeated() -> None:
    pins = [secrets.pin() for _ in range(2_000)]
    assert all(len(pin) == 6 and pin.isdigit() for pin in pins)
    assert not {"000000", "111111", "123456", "654321", "890123"} & set(pins)


def test_a_password_is_verified_and_another_is_not() -> None:
    stored = secrets.hash_password("Hoa mai vàng 2026")
    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert secrets.verify_password(stored, "Hoa mai vàng 2026")
    assert not secrets.verify_password(stored, "hoa mai vàng 2026")
    assert not secrets.needs_rehash(stored)


def test_the_same_word_typed_in_decomposed_form_is_the_same_password() -> None:
    stored = secrets.hash_password("tr\u01b0\u1eddng h\u1ecdc an to\u00e0n")
    assert secrets.verify_password(stored, "tru\u031bo\u031b\u0300ng ho\u0323c an toa\u0300n")


def test_nobody_verifies_against_nothing_or_against_a_broken_hash() -> None:
    assert not secrets.verify_password(None, "nobody lives here")
    assert not secrets.verify_password("not a hash", "nobody lives here")


def test_an_older_hash_is_recognised_as_due_for_a_new_one() -> None:
    old = "$argon2id$v=19$m=65536,t=3,p=4$bm9ib2R5IGxpdmVzIGhlcmU$fH0VUlYPCQfjlMpZTXMZvvQyG1mVQTLfTyVlvGf4kSg"
    assert secrets.needs_rehash(old)


def test_what_is_too_long_never_reaches_the_slow_hash() -> None:
    with pytest.raises(ValueError, match="at most 256"):
        secrets.hash_password("x" * 257)
    assert not secrets.verify_password(secrets.hash_password("x" * 256), "x" * 1_000_000)


def test_a_pin_verifies_only_under_the_pepper_it_was_made_with() -> None:
    stored = secrets.hash_pin("402918")
    assert secrets.verify_pin(stored, "402918")
    assert not secrets.verify_pin(stored, "402919")
    assert not secrets.verify_pin(None, "402918")
    secrets.configure(secret_key="s" * 40, pepper="another pepper of enough length ok")
    assert not secrets.verify_pin(stored, "402918")


def test_a_class_of_pins_is_hashed_in_its_order() -> None:
    hashes = secrets.hash_pins(["111222", "333444", "555666"])
    assert [
        secrets.verify_pin(stored, pin) for stored, pin in zip(hashes, ["111222", "333444", "555666"], strict=True)
    ] == [
        True,
        True,
        True,
    ]


def test_keyed_hashes_of_different_purposes_do_not_match() -> None:
    assert secrets.keyed_hash("001", purpose="moet") == secrets.keyed_hash("001", purpose="moet")
    assert secrets.keyed_hash("001", purpose="moet") != secrets.keyed_hash("001", purpose="door")
    assert secrets.keyed_hash("b", purpose="a") != secrets.keyed_hash("", purpose="ab")


def test_a_derived_key_depends_on_subject_purpose_and_length() -> None:
    key = secrets.derive_key("attempt 1", purpose="queue")
    assert len(key) == 32
    assert key == secrets.derive_key("attempt 1", purpose="queue")
    assert key != secrets.derive_key("attempt 2", purpose="queue")
    assert key != secrets.derive_key("attempt 1", purpose="upload")
    assert len(secrets.derive_key("x", purpose="queue", length=16)) == 16


def test_the_digest_of_a_token_is_plain_sha_256() -> None:
    assert secrets.digest("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_without_keys_nothing_is_hashed_with_an_empty_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(secrets, "_configured", [])
    with pytest.raises(RuntimeError, match="configure"):
        secrets.keyed_hash("x", purpose="y")
