package org.witan.validator.link.handshake;

import org.witan.genesis.codec.Codec;
import org.witan.validator.link.keys.Bytes;

/**
 * HELLO_R: what the responder chose. Travels in clear, names no node, signs nothing.
 *
 * <p>Wire v1: "WLH1", type u8 = 2, protocol u16, suite u8, features u64, nonce 32, X25519 share 32,
 * ML-KEM-768 ciphertext 1088, extensions u16 length; at most 2048 bytes.
 *
 * @param protocol the version that both speak
 * @param suite code of the suite to use
 * @param features feature bits; unknown ones are ignored
 * @param nonce 32 random bytes
 * @param share 32 bytes
 * @param ciphertext 1088 bytes
 * @param extensions type u16, value u16 length, repeated
 */
record ResponderHello(
        int protocol,
        int suite,
        long features,
        byte[] nonce,
        byte[] share,
        byte[] ciphertext,
        byte[] extensions) {
    static final int CIPHERTEXT_BYTES = 1088;

    /** See the type. */
    static final Codec<ResponderHello> CODEC =
            new Codec<>(
                    (hello, out) -> {
                        out.fixed(Hellos.MAGIC).u8(2).u16(hello.protocol).u8(hello.suite);
                        Bytes.u64(hello.features, out);
                        out.fixed(hello.nonce).fixed(hello.share).fixed(hello.ciphertext);
                        out.bytes16(hello.extensions);
                    },
                    in -> {
                        Hellos.start(in, 2);
                        return new ResponderHello(
                                in.u16(),
                                in.u8(),
                                Bytes.u64(in),
                                in.fixed(32),
                                in.fixed(32),
                                in.fixed(CIPHERTEXT_BYTES),
                                in.bytes16(Hellos.MAX_BYTES));
                    });
}
