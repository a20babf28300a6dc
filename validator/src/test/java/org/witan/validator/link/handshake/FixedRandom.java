package org.witan.validator.link.handshake;

import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import org.witan.genesis.crypto.Digest;

/** A source of bytes that are the same in every run: SHA-256 of a name and a counter. */
final class FixedRandom extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private FixedRandom(SecureRandomSpi bytes) {
        super(bytes, null);
    }

    static FixedRandom named(String name) {
        return new FixedRandom(new Bytes(name));
    }

    private static final class Bytes extends SecureRandomSpi {
        private static final long serialVersionUID = 1L;

        private final String name;
        private byte[] block = new byte[0];
        private int at;
        private int blocks;

        Bytes(String name) {
            this.name = name;
        }

        @Override
        protected void engineSetSeed(byte[] seed) {
            // Fixed is fixed.
        }

        @Override
        protected void engineNextBytes(byte[] bytes) {
            for (int i = 0; i < bytes.length; i++) {
                if (at == block.length) {
                    block =
                            Digest.tagged(name)
                                    .add(blocks >>> 8)
                                    .add(blocks++ & 0xff)
                                    .done()
                                    .toBytes();
                    at = 0;
                }
                bytes[i] = block[at++];
            }
        }

        @Override
        protected byte[] engineGenerateSeed(int count) {
            byte[] seed = new byte[count];
            engineNextBytes(seed);
            return seed;
        }
    }
}
