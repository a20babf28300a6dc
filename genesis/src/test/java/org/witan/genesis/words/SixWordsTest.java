package org.witan.genesis.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.witan.genesis.crypto.Digest;
import org.witan.genesis.crypto.Hash;

/** Words that people can read to each other and that say 66 bits of a hash. */
class SixWordsTest {
    @Test
    void theListHasWordsThatAreEasilyToldApart() {
        List<String> words = WordList.WORDS;
        assertThat(words).hasSize(2048).isSorted().doesNotHaveDuplicates();
        assertThat(words).allMatch(word -> word.matches("[a-z]{4,8}"));
        Set<String> beginnings = new HashSet<>();
        words.forEach(word -> beginnings.add(word.substring(0, 4)));
        assertThat(beginnings).hasSize(2048);
        for (int i = 0; i < words.size(); i++) {
            for (int j = i + 1; j < words.size(); j++) {
                String a = words.get(i);
                String b = words.get(j);
                if (Math.abs(a.length() - b.length()) < 2) {
                    assertThat(isOneSlip(a, b)).as("%s, %s", a, b).isFalse();
                }
            }
        }
    }

    /** The list is part of the format: another one would make every written note wrong. */
    @Test
    void theListNeverChanges() {
        String joined = String.join(" ", WordList.WORDS);
        Hash hash = Digest.plain().add(joined.getBytes(StandardCharsets.US_ASCII)).done();
        assertThat(hash)
                .hasToString("e85aa4a44f5a4592fd3793d5d37cf6fccab489701d43d778fa5bb68d84ceade2");
    }

    @Test
    void takesElevenBitsForEachWord() {
        byte[] bytes = new byte[32];
        assertThat(SixWords.of(Hash.of(bytes)).words()).containsOnly(WordList.WORDS.getFirst());
        bytes[0] = (byte) 0xff;
        bytes[1] = (byte) 0xe0;
        bytes[8] = 0x40;
        assertThat(SixWords.of(Hash.of(bytes)).words())
                .containsExactly("zucchini", "abacus", "abacus", "abacus", "abacus", "abbey");
        bytes[8] |= 0x3f;
        assertThat(SixWords.of(Hash.of(bytes)).words()).endsWith("abbey");
    }

    @Test
    void readsWhatPeopleWrite() {
        SixWords words = SixWords.of(Digest.plain().done());
        assertThat(SixWords.parse(words.toString())).isEqualTo(words);
        assertThat(
                        SixWords.parse(
                                "  "
                                        + words.toString()
                                                .replace("-", "  ")
                                                .toUpperCase(java.util.Locale.ROOT)))
                .isEqualTo(words);
    }

    @Test
    void saysWhichWordIsWrong() {
        assertThatThrownBy(() -> SixWords.parse("zebro-abacus-abacus-abacus-abacus-abacus"))
                .hasMessage("'zebro' is no word of the list, did you mean 'zebra'?");
        assertThatThrownBy(() -> SixWords.parse("zebra zebra"))
                .hasMessage("there are six words, not 2");
        assertThatThrownBy(() -> SixWords.parse("zebra ".repeat(50)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SixWords.parse("")).isInstanceOf(IllegalArgumentException.class);
    }

    /** One letter changed, left out or added, or two neighbours swapped. */
    private static boolean isOneSlip(String a, String b) {
        String shorter = a.length() <= b.length() ? a : b;
        String longer = a.length() <= b.length() ? b : a;
        int same = 0;
        while (same < shorter.length() && shorter.charAt(same) == longer.charAt(same)) {
            same++;
        }
        if (shorter.length() < longer.length()) {
            return shorter.substring(same).equals(longer.substring(same + 1));
        }
        boolean changed = shorter.substring(same + 1).equals(longer.substring(same + 1));
        boolean swapped =
                same + 1 < shorter.length()
                        && shorter.charAt(same) == longer.charAt(same + 1)
                        && shorter.charAt(same + 1) == longer.charAt(same)
                        && shorter.substring(same + 2).equals(longer.substring(same + 2));
        return changed || swapped;
    }
}
