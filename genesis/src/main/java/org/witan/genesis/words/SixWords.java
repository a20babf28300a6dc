package org.witan.genesis.words;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.json.Nearest;

/**
 * The first 66 bits of a hash, as six words of a list of 2048.
 *
 * @param words six words of the list
 */
public record SixWords(List<String> words) {
    private static final int COUNT = 6;
    private static final int BITS = 11;

    /** The words of a hash: 11 bits each, from the first bit on. */
    public static SixWords of(Hash hash) {
        List<String> words = new ArrayList<>();
        for (int word = 0; word < COUNT; word++) {
            int index = 0;
            for (int bit = 0; bit < BITS; bit++) {
                index = index << 1 | hash.bitAt(word * BITS + bit);
            }
            words.add(WordList.WORDS.get(index));
        }
        return new SixWords(List.copyOf(words));
    }

    /**
     * Reads six words as people write them: in any case, with spaces or hyphens between them.
     *
     * @throws IllegalArgumentException with a sentence that names the word that is not in the list
     */
    public static SixWords parse(String text) {
        List<String> words =
                List.of(text.strip().toLowerCase(Locale.ROOT).split("[\\s-]+", COUNT + 2));
        for (String word : words) {
            if (Collections.binarySearch(WordList.WORDS, word) < 0) {
                String guess =
                        Nearest.of(word, WordList.WORDS)
                                .map(nearest -> ", did you mean '" + nearest + "'?")
                                .orElse("");
                String shown = word.length() > 20 ? word.substring(0, 20) + "…" : word;
                throw new IllegalArgumentException(
                        "'" + shown + "' is no word of the list" + guess);
            }
        }
        if (words.size() != COUNT) {
            throw new IllegalArgumentException("there are six words, not " + words.size());
        }
        return new SixWords(words);
    }

    /** The six words with hyphens between them. */
    @Override
    public String toString() {
        return String.join("-", words);
    }
}
