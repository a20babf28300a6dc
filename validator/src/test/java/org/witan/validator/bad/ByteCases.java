package org.witan.validator.bad;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Ways in which any encoded value can be bad, wherever its fields lie. */
final class ByteCases {
    private ByteCases() {}

    static List<BadInput> of(byte[] good) {
        List<BadInput> cases = new ArrayList<>();
        cases.add(new BadInput("empty", new byte[0]));
        for (int percent : new int[] {10, 30, 50, 70, 90}) {
            byte[] cut = Arrays.copyOf(good, good.length * percent / 100);
            cases.add(new BadInput("cut-at-" + percent, cut));
        }
        cases.add(new BadInput("last-byte-away", Arrays.copyOf(good, good.length - 1)));
        cases.add(new BadInput("a-byte-more", Arrays.copyOf(good, good.length + 1)));
        byte[] twice = Arrays.copyOf(good, 2 * good.length);
        System.arraycopy(good, 0, twice, good.length, good.length);
        cases.add(new BadInput("twice", twice));
        cases.add(new BadInput("zeros", new byte[good.length]));
        byte[] ones = new byte[good.length];
        Arrays.fill(ones, (byte) 0xff);
        cases.add(new BadInput("ones", ones));
        byte[] backwards = new byte[good.length];
        for (int i = 0; i < good.length; i++) {
            backwards[i] = good[good.length - 1 - i];
        }
        cases.add(new BadInput("backwards", backwards));
        cases.add(changed("version-0", good, 0, 0));
        cases.add(changed("version-of-the-future", good, 0, 2));
        cases.add(changed("version-255", good, 0, 0xff));
        return cases;
    }

    static BadInput changed(String name, byte[] good, int at, int... bytes) {
        byte[] bad = good.clone();
        for (int i = 0; i < bytes.length; i++) {
            bad[at + i] = (byte) bytes[i];
        }
        return new BadInput(name, bad);
    }
}
