package org.witan.genesis.json;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong with a document, so that all of it can be said at once. */
public final class Problems {
    /** Most problems that are kept of one document. */
    public static final int MAX = 100;

    private final List<Problem> found = new ArrayList<>();
    private int dropped;

    /** Notes one problem. */
    public void add(Place place, String path, String sentence) {
        if (found.size() < MAX) {
            found.add(new Problem(place, path, sentence));
        } else {
            dropped++;
        }
    }

    /** How many were noted, for comparing before and after. */
    public int count() {
        return found.size() + dropped;
    }

    /** Whether there is none. */
    public boolean none() {
        return found.isEmpty();
    }

    /** The problems in the order of their places, the last one counting those left out. */
    public List<Problem> found() {
        List<Problem> sorted = new ArrayList<>(found);
        sorted.sort(
                Comparator.comparingInt((Problem problem) -> problem.place().line())
                        .thenComparingInt(problem -> problem.place().column()));
        if (dropped > 0) {
            sorted.add(new Problem(Place.NONE, "", "and " + dropped + " more problems"));
        }
        return List.copyOf(sorted);
    }

    /** Input shortened to 40 characters, without control characters, in quotes. */
    public static String quote(String input) {
        StringBuilder shown = new StringBuilder();
        int length = Math.min(input.length(), 40);
        for (int i = 0; i < length; i++) {
            char c = input.charAt(i);
            boolean plain = Character.isLetterOrDigit(c) || c >= ' ' && c < 0x7f;
            shown.append(plain ? c : '?');
        }
        return '"' + shown.toString() + (input.length() > length ? "…" : "") + '"';
    }
}
