package org.witan.genesis.file;

import java.util.EnumSet;
import java.util.Set;

/**
 * What tests write while {@link DiskImages} watch, and the points that it comes to: no fewer and no
 * more. Together these are all points there are.
 */
public enum PersistTale {
    /** A store is made, has blocks and votes, and prunes. */
    STORE(
            PersistPoint.STORE_MADE,
            PersistPoint.TURN,
            PersistPoint.MARK_CONTENT,
            PersistPoint.MARK_MADE,
            PersistPoint.MARK_BOOTED,
            PersistPoint.MARK_PROMISED),
    /** A store without its index of paths is opened. */
    PATHS(PersistPoint.PATHS_PART, PersistPoint.PATHS_DONE, PersistPoint.MARK_BOOTED),
    /** The operator notes that votes are lost. */
    LOSS(PersistPoint.MARK_CONTENT, PersistPoint.MARK_MADE),
    /** A snapshot is put in the place of an empty store. */
    INSTALLATION(
            PersistPoint.BASE_CLEARED,
            PersistPoint.BASE_CHUNK,
            PersistPoint.BASE_HEAD,
            PersistPoint.BASE_TABLES,
            PersistPoint.MARK_DOUBTED,
            PersistPoint.BASE_OLD_ASIDE,
            PersistPoint.BASE_IN_PLACE,
            PersistPoint.BASE_OLD_REMOVED),
    /** Chunks of a snapshot are kept, kept anew, and removed. */
    STAGING(PersistPoint.STAGING_RECORD, PersistPoint.STAGING_CUT, PersistPoint.STAGING_REMOVED),
    /** A small file is made. */
    NEW_FILE(PersistPoint.FILE_CONTENT, PersistPoint.FILE_NAMED),
    /** A small file takes the place of another one. */
    NEWER_FILE(PersistPoint.FILE_CONTENT, PersistPoint.FILE_REPLACED);

    private final Set<PersistPoint> points;

    PersistTale(PersistPoint first, PersistPoint... others) {
        points = EnumSet.of(first, others);
    }

    /** The points, each of which is come to at least once. */
    public Set<PersistPoint> points() {
        return points;
    }
}
