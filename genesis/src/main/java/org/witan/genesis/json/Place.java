package org.witan.genesis.json;

/**
 * Where something stands in a text.
 *
 * @param line from 1, or 0 for what does not come from a text
 * @param column in characters, from 1
 */
public record Place(int line, int column) {
    /** The place of what this program made itself. */
    public static final Place NONE = new Place(0, 0);
}
