#!/usr/bin/env python3
"""Recomputes every value of wlh1-vectors.json from docs/protocol/link.md, without Witan's code.

Needs only Python's standard library: X25519, Ed25519, AES-256-GCM and ChaCha20-Poly1305 are
written out below. The ML-KEM-768 shared secret is taken from the file; all else is derived.

    python3 docs/protocol/wlh1_vectors.py        prints one line per case, fails on any difference
"""
import hashlib
import hmac
import json
import pathlib
import struct

P = 2**255 - 19


def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def mac(key, *parts):
    return hmac.new(key, b"".join(parts), hashlib.sha256).digest()


def expand(key, label, context, size):
    """Rule H4: HKDF-Expand under a label."""
    text = b"wlh1 " + label.encode()
    info = struct.pack(">HB", size, len(text)) + text + bytes([len(context)]) + context
    out, block, counter = b"", b"", 1
    while len(out) < size:
        block = mac(key, block, info, bytes([counter]))
        out += block
        counter += 1
    return out[:size]


# X25519 (RFC 7748)
def x25519(scalar, point):
    k = bytearray(scalar)
    k[0] &= 248
    k[31] = k[31] & 127 | 64
    k = int.from_bytes(k, "little")
    u = int.from_bytes(point, "little") & (2**255 - 1)
    x1, x2, z2, x3, z3, swap = u, 1, 0, u, 1, 0
    for t in reversed(range(255)):
        bit = k >> t & 1
        if swap ^ bit:
            x2, x3, z2, z3 = x3, x2, z3, z2
        swap = bit
        a, b = (x2 + z2) % P, (x2 - z2) % P
        c, d = (x3 + z3) % P, (x3 - z3) % P
        aa, bb = a * a % P, b * b % P
        e, da, cb = (aa - bb) % P, d * a % P, c * b % P
        x3, z3 = (da + cb) ** 2 % P, x1 * (da - cb) ** 2 % P
        x2, z2 = aa * bb % P, e * (aa + 121665 * e) % P
    if swap:
        x2, x3, z2, z3 = x3, x2, z3, z2
    return (x2 * pow(z2, P - 2, P) % P).to_bytes(32, "little")


# Ed25519 (RFC 8032)
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def recover(y, sign):
    xx = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(xx, (P + 3) // 8, P)
    if (x * x - xx) % P:
        x = x * ROOT % P
    assert (x * x - xx) % P == 0
    return P - x if x & 1 != sign else x


def add(p, q):
    a = (p[1] - p[0]) * (q[1] - q[0]) % P
    b = (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(n, p):
    q = (0, 1, 1, 0)
    while n:
        if n & 1:
            q = add(q, p)
        p, n = add(p, p), n >> 1
    return q


def point(x, y):
    return x, y, 1, x * y % P


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE = point(recover(BASE_Y, 0), BASE_Y)


def encode(p):
    inverse = pow(p[2], P - 2, P)
    x, y = p[0] * inverse % P, p[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def sign(seed, message):
    digest = hashlib.sha512(seed).digest()
    a = int.from_bytes(digest[:32], "little") & (2**254 - 8) | 2**254
    public = encode(times(a, BASE))
    r = int.from_bytes(hashlib.sha512(digest[32:] + message).digest(), "little") % L
    big_r = encode(times(r, BASE))
    h = int.from_bytes(hashlib.sha512(big_r + public + message).digest(), "little") % L
    return big_r + ((r + h * a) % L).to_bytes(32, "little")


# AES-256-GCM
def xtime(a):
    return (a << 1 ^ (0x11B if a & 0x80 else 0)) & 0xFF


def make_sbox():
    box, p, q = [0] * 256, 1, 1
    while True:
        p = p ^ xtime(p)
        q ^= q << 1
        q ^= q << 2
        q ^= q << 4
        q &= 0xFF
        if q & 0x80:
            q ^= 0x09
        x = q ^ (q << 1 | q >> 7) ^ (q << 2 | q >> 6) ^ (q << 3 | q >> 5) ^ (q << 4 | q >> 4)
        box[p] = (x ^ 0x63) & 0xFF
        if p == 1:
            break
    box[0] = 0x63
    return box


SBOX = make_sbox()


def aes_keys(key):
    words = [list(key[i:i + 4]) for i in range(0, 32, 4)]
    constant = 1
    for i in range(8, 60):
        word = list(words[-1])
        if i % 8 == 0:
            word = [SBOX[b] for b in word[1:] + word[:1]]
            word[0] ^= constant
            constant = xtime(constant)
        elif i % 8 == 4:
            word = [SBOX[b] for b in word]
        words.append([a ^ b for a, b in zip(words[-8], word)])
    return [sum(words[i:i + 4], []) for i in range(0, 60, 4)]


def aes(keys, block):
    state = [a ^ b for a, b in zip(block, keys[0])]
    for number in range(1, 15):
        state = [SBOX[b] for b in state]
        state = [state[(i + 4 * (i % 4)) % 16] for i in range(16)]
        if number < 14:
            mixed = []
            for c in range(0, 16, 4):
                a = state[c:c + 4]
                everything = a[0] ^ a[1] ^ a[2] ^ a[3]
                mixed += [a[i] ^ everything ^ xtime(a[i] ^ a[(i + 1) % 4]) for i in range(4)]
            state = mixed
        state = [a ^ b for a, b in zip(state, keys[number])]
    return bytes(state)


def ghash(h, data):
    h, y = int.from_bytes(h, "big"), 0
    for i in range(0, len(data), 16):
        y ^= int.from_bytes(data[i:i + 16], "big")
        product, v = 0, h
        for bit in range(127, -1, -1):
            if y >> bit & 1:
                product ^= v
            v = v >> 1 ^ (0xE1 << 120 if v & 1 else 0)
        y = product
    return y.to_bytes(16, "big")


def padded(data):
    return data + bytes(-len(data) % 16)


def gcm_open(key, nonce, aad, sealed):
    keys, text, tag = aes_keys(key), sealed[:-16], sealed[-16:]
    lengths = struct.pack(">QQ", 8 * len(aad), 8 * len(text))
    hashed = ghash(aes(keys, bytes(16)), padded(aad) + padded(text) + lengths)
    first = aes(keys, nonce + struct.pack(">I", 1))
    assert bytes(a ^ b for a, b in zip(first, hashed)) == tag, "tag"
    out = b""
    for i in range(0, len(text), 16):
        stream = aes(keys, nonce + struct.pack(">I", 2 + i // 16))
        out += bytes(a ^ b for a, b in zip(text[i:i + 16], stream))
    return out


# ChaCha20-Poly1305 (RFC 8439)
def chacha(key, counter, nonce):
    start = list(struct.unpack("<16I", b"expand 32-byte k" + key + struct.pack("<I", counter) + nonce))
    s = list(start)
    mask = 0xFFFFFFFF

    def quarter(a, b, c, d):
        for x, y, z, turn in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
            s[x] = s[x] + s[y] & mask
            s[z] ^= s[x]
            s[z] = (s[z] << turn | s[z] >> 32 - turn) & mask

    for _ in range(10):
        for i in range(4):
            quarter(i, 4 + i, 8 + i, 12 + i)
        for i in range(4):
            quarter(i, 4 + (i + 1) % 4, 8 + (i + 2) % 4, 12 + (i + 3) % 4)
    return struct.pack("<16I", *((a + b) & mask for a, b in zip(s, start)))


def chacha_open(key, nonce, aad, sealed):
    text, tag = sealed[:-16], sealed[-16:]
    once = chacha(key, 0, nonce)[:32]
    r = int.from_bytes(once[:16], "little") & 0x0FFFFFFC0FFFFFFC0FFFFFFC0FFFFFFF
    data = padded(aad) + padded(text) + struct.pack("<QQ", len(aad), len(text))
    a = 0
    for i in range(0, len(data), 16):
        a = (a + int.from_bytes(data[i:i + 16] + b"\1", "little")) * r % (2**130 - 5)
    a = (a + int.from_bytes(once[16:], "little")) % 2**128
    assert a.to_bytes(16, "little") == tag, "tag"
    out = b""
    for i in range(0, len(text), 64):
        out += bytes(x ^ y for x, y in zip(text[i:i + 64], chacha(key, 1 + i // 64, nonce)))
    return out


def fixed_random(name, size):
    """The test's source of bytes: SHA-256 of its name, a zero byte and a counter of two bytes."""
    blocks = (sha(name.encode(), b"\0", struct.pack(">H", i)) for i in range(size // 32 + 1))
    return b"".join(blocks)[:size]


def lv8(text):
    return bytes([len(text)]) + text.encode()


def check(case):
    v = {k: bytes.fromhex(x) if isinstance(x, str) else x for k, x in case.items()
         if k not in ("case", "suite", "initiator", "responder")}
    opens = gcm_open if case["suite"] == 1 else chacha_open

    def same(name, value):
        assert v[name] == value, f"{case['case']}: {name}\n  file {v[name].hex()}\n  here {value.hex()}"

    one, two = v["message_1"], v["message_2"]
    h0 = sha(b"WLH/1 X25519+ML-KEM-768 HKDF-SHA-256 Ed25519\0")
    same("h0", h0)
    early = mac(bytes(32), v["psk"] or bytes(32))
    same("message_1", one[:-32] + mac(expand(early, "hello", h0, 32), one[:-32]))
    assert one[:5] == b"WLH1\1" and two[:5] == b"WLH1\2"
    suites = struct.unpack(">H", one[9:11])[0]
    at = 11 + suites + 8
    assert one[at:at + 32] == v["network_id"]
    psk_id = mac(v["psk"], b"id")[:8] if v["psk"] else bytes(8)
    assert one[at + 32:at + 40] == psk_id
    nonce_i, share_i = one[at + 40:at + 72], one[at + 72:at + 104]
    nonce_r, share_r = two[16:48], two[48:80]
    secret_i, secret_r = fixed_random("initiator", 64), fixed_random("responder", 64)
    assert nonce_i == secret_i[32:] and nonce_r == secret_r[32:]
    nine = bytes([9]) + bytes(31)
    assert share_i == x25519(secret_i[:32], nine) and share_r == x25519(secret_r[:32], nine)
    same("x25519_secret", x25519(secret_i[:32], share_r))

    h1 = sha(h0, one)
    h2 = sha(h1, two)
    same("h1", h1)
    same("h2", h2)
    hs = mac(expand(early, "derived", h0, 32), v["mlkem_secret"] + v["x25519_secret"])
    for name in ("i key", "i iv", "r key", "r iv"):
        same(name.replace(" ", "_"), expand(hs, name, h2, 32 if "key" in name else 12))
    auth_i = opens(v["i_key"], v["i_iv"], h2, v["message_3"])
    same("plaintext_3", auth_i)
    fields_i, sig_i, fin_i = auth_i[:-96], auth_i[-96:-32], auth_i[-32:]
    assert sig_i == sign(v["initiator_seed"], b"wlh1 initiator signature\0" + h2 + fields_i)
    assert fin_i == mac(expand(hs, "i fin", h2, 32), h2, fields_i, sig_i)
    assert fields_i.startswith(lv8(case["initiator"]) + lv8(case["responder"]) + b"\0")
    h3 = sha(h2, auth_i)
    same("h3", h3)
    auth_r = opens(v["r_key"], v["r_iv"], h3, v["message_4"])
    same("plaintext_4", auth_r)
    fields_r, sig_r, fin_r = auth_r[:-96], auth_r[-96:-32], auth_r[-32:]
    signed = b"wlh1 responder signature\0" + h3 + lv8(case["initiator"]) + fields_r
    assert sig_r == sign(v["responder_seed"], signed)
    assert fin_r == mac(expand(hs, "r fin", h3, 32), h3, fields_r, sig_r)
    assert fields_r.startswith(lv8(case["responder"]))
    h4 = sha(h3, auth_r)
    same("h4", h4)
    master = mac(expand(hs, "derived", h0, 32), bytes(32))
    for side in "ir":
        same(f"{side}_app_key", expand(master, f"{side} app key", h4, 32))
        same(f"{side}_app_iv", expand(master, f"{side} app iv", h4, 12))
    same("session_id", expand(master, "exp", h4, 32)[:8])
    for side in "ir":
        records(v, side, opens, h4)


def records(v, side, opens, h4):
    key, iv = v[f"{side}_app_key"], v[f"{side}_app_iv"]
    for i in range(20):
        frame = v[f"{side}_record_{i:02d}"]
        nonce = iv[:4] + (int.from_bytes(iv[4:], "big") ^ i).to_bytes(8, "big")
        text = opens(key, nonce, frame[:1] + struct.pack(">Q", i), frame[1:])
        if i == 5:
            assert (frame[0], text) == (2, bytes(8))
        elif i == 10:
            assert (frame[0], text) == (4, b"")
            key = expand(key, "upd", h4, 32)
        elif i == 19:
            assert (frame[0], text) == (5, struct.pack(">HQ", 1001, 19))
        else:
            message = f"{side} message {i}".encode()
            pieces = bytes([i % 5, 3]) + struct.pack(">H", len(message)) + message
            pieces += bytes([(i + 1) % 5, 3]) + struct.pack(">H", i) + bytes(i)
            assert (frame[0], text) == (1, pieces)


for vector in json.loads(pathlib.Path(__file__).with_name("wlh1-vectors.json").read_text()):
    check(vector)
    print("ok:", vector["case"])
