package org.witan.genesis.json;

/**
 * One thing that is wrong with a document.
 *
 * @param place where it shows
 * @param path the field, such as {@code body.validators[2].key}; empty for the whole document
 * @param sentence what is wrong, for people; never built from more than 100 characters of the input
 */
public record Problem(Place place, String path, String sentence) {
    /** {@code line 3, column 7: path: sentence}, without the parts that there are none of. */
    @Override
    public String toString() {
        String where =
                place.line() == 0
                        ? ""
                        : "line " + place.line() + ", column " + place.column() + ": ";
        return where + (path.isEmpty() ? "" : path + ": ") + sentence;
    }
}
