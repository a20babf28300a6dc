package org.witan.genesis.crypto;

import java.math.BigInteger;

/** Edwards25519 by the book (RFC 8032, section 5.1), for crafting what no library would make. */
final class Curve {
    static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
    static final BigInteger L =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
    private static final BigInteger D =
            BigInteger.valueOf(-121665).multiply(BigInteger.valueOf(121666).modInverse(P)).mod(P);
    private static final BigInteger ROOT_OF_MINUS_1 =
            BigInteger.TWO.modPow(P.subtract(BigInteger.ONE).shiftRight(2), P);

    static final Point IDENTITY = new Point(BigInteger.ZERO, BigInteger.ONE);
    static final Point BASE =
            withEvenX(BigInteger.valueOf(4).multiply(BigInteger.valueOf(5).modInverse(P)).mod(P));

    private Curve() {}

    /** A point in affine coordinates. */
    record Point(BigInteger x, BigInteger y) {
        Point add(Point other) {
            BigInteger product = D.multiply(x).multiply(other.x).multiply(y).multiply(other.y);
            BigInteger sumX = x.multiply(other.y).add(other.x.multiply(y));
            BigInteger sumY = y.multiply(other.y).add(x.multiply(other.x));
            return new Point(
                    sumX.multiply(BigInteger.ONE.add(product).modInverse(P)).mod(P),
                    sumY.multiply(BigInteger.ONE.subtract(product).modInverse(P)).mod(P));
        }

        Point times(BigInteger factor) {
            Point sum = IDENTITY;
            for (int bit = factor.bitLength() - 1; bit >= 0; bit--) {
                sum = sum.add(sum);
                sum = factor.testBit(bit) ? sum.add(this) : sum;
            }
            return sum;
        }

        byte[] encode() {
            return little(x.testBit(0) ? y.setBit(255) : y);
        }
    }

    /** A point of order 8: L times a point that is not in the main group. */
    static Point ofOrder8() {
        for (long y = 2; ; y++) {
            BigInteger candidate = BigInteger.valueOf(y);
            if (hasX(candidate)) {
                Point point = withEvenX(candidate).times(L);
                if (!point.times(BigInteger.valueOf(4)).equals(IDENTITY)) {
                    return point;
                }
            }
        }
    }

    /** 32 bytes, the lowest first. */
    static byte[] little(BigInteger number) {
        byte[] bytes = new byte[32];
        for (int i = 0; i < 32; i++) {
            bytes[i] = number.shiftRight(8 * i).byteValue();
        }
        return bytes;
    }

    static BigInteger fromLittle(byte[] bytes) {
        BigInteger number = BigInteger.ZERO;
        for (int i = bytes.length - 1; i >= 0; i--) {
            number = number.shiftLeft(8).or(BigInteger.valueOf(bytes[i] & 0xff));
        }
        return number;
    }

    private static BigInteger xSquared(BigInteger y) {
        BigInteger squared = y.multiply(y);
        return squared.subtract(BigInteger.ONE)
                .multiply(D.multiply(squared).add(BigInteger.ONE).modInverse(P))
                .mod(P);
    }

    private static boolean hasX(BigInteger y) {
        BigInteger half = P.subtract(BigInteger.ONE).shiftRight(1);
        return xSquared(y).modPow(half, P).equals(BigInteger.ONE);
    }

    private static Point withEvenX(BigInteger y) {
        BigInteger squared = xSquared(y);
        BigInteger x = squared.modPow(P.add(BigInteger.valueOf(3)).shiftRight(3), P);
        if (!x.multiply(x).mod(P).equals(squared)) {
            x = x.multiply(ROOT_OF_MINUS_1).mod(P);
        }
        return new Point(x.testBit(0) ? P.subtract(x) : x, y);
    }
}
