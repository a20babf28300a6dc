package org.witan.validator.link.handshake;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.witan.genesis.codec.Codec;
import org.witan.genesis.membership.NetworkId;
import org.witan.validator.link.keys.Bytes;

/**
 * HELLO_I: what the initiator offers. Travels in clear, hence names no node.
 *
 * <p>Wire v1: "WLH1", type u8 = 1, least protocol u16, greatest protocol u16, suites u16 length,
 * features u64, network id 32, PSK id u64, nonce 32, X25519 share 32, ML-KEM-768 encapsulation key
 * 1184, extensions u16 length, MAC 32; at most 2048 bytes.
 *
 * @param leastProtocol lowest version that the initiator speaks
 * @param greatestProtocol highest version that it speaks
 * @param suites codes of the suites it offers, 1 to 16 bytes
 * @param features feature bits; unknown ones are ignored
 * @param networkId the network it belongs to
 * @param pskId names its pre-shared key, 0 for none
 * @param nonce 32 random bytes
 * @param share 32 bytes
 * @param encapsulationKey 1184 bytes
 * @param extensions type u16, value u16 length, repeated
 * @param mac over everything before it
 */
record InitiatorHello(
        int leastProtocol,
        int greatestProtocol,
        byte[] suites,
        long features,
        NetworkId networkId,
        long pskId,
        byte[] nonce,
        byte[] share,
        byte[] encapsulationKey,
        byte[] extensions,
        byte[] mac) {
    static final int MAC_BYTES = 32;
    static final int KEM_KEY_BYTES = 1184;

    /** See the type. */
    static final Codec<InitiatorHello> CODEC =
            new Codec<>(
                    (hello, out) -> {
                        out.fixed(Hellos.MAGIC).u8(1);
                        out.u16(hello.leastProtocol).u16(hello.greatestProtocol);
                        out.bytes16(hello.suites);
                        Bytes.u64(hello.features, out);
                        NetworkId.CODEC.write(hello.networkId, out);
                        Bytes.u64(hello.pskId, out);
                        out.fixed(hello.nonce).fixed(hello.share).fixed(hello.encapsulationKey);
                        out.bytes16(hello.extensions).fixed(hello.mac);
                    },
                    in -> {
                        Hellos.start(in, 1);
                        return new InitiatorHello(
                                in.u16(),
                                in.u16(),
                                in.bytes16(16),
                                Bytes.u64(in),
                                NetworkId.CODEC.read(in),
                                Bytes.u64(in),
                                in.fixed(32),
                                in.fixed(32),
                                in.fixed(KEM_KEY_BYTES),
                                in.bytes16(Hellos.MAX_BYTES),
                                in.fixed(MAC_BYTES));
                    });

    /** The encoding with a MAC made of all that stands before it. */
    byte[] encode(UnaryOperator<byte[]> macOf) {
        byte[] bytes = CODEC.encode(this);
        byte[] made = macOf.apply(beforeMac(bytes));
        System.arraycopy(made, 0, bytes, bytes.length - MAC_BYTES, MAC_BYTES);
        return bytes;
    }

    /** All of an encoded hello but its MAC. */
    static byte[] beforeMac(byte[] hello) {
        return Arrays.copyOf(hello, hello.length - MAC_BYTES);
    }
}
