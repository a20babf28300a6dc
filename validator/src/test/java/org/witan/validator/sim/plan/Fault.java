package org.witan.validator.sim.plan;

/** What goes wrong in a run; the seed says which of them and how often. */
public enum Fault {
    /** Each message may be lost. */
    LOSS,
    /** Each message may arrive twice. */
    DUPLICATES,
    /** For a while all messages take up to two seconds more, each another time. */
    DELAY_BURST,
    /** One member no longer hears another one, which still hears it. */
    ONE_WAY_LINK,
    /** The network falls into two groups. */
    PARTITION,
    /** One group hears the other, but not the other way round. */
    ONE_WAY_PARTITION,
    /** One member is alone. */
    ISOLATION,
    /** Each member hears its two neighbours only. */
    RING,
    /** Two groups that share one member. */
    BRIDGE,
    /** A link goes down and up again, several times in a second, and both ends notice. */
    FLAPPING,
    /** Ways carry some kilobytes in a second; what waits longer than two seconds is dropped. */
    NARROW,
    /** A process ends; a part of what was not synced is on its disk, or nothing of it. */
    CRASH,
    /** All processes end at once. */
    POWER_CUT,
    /** The next write fails, and nobody knows whether it happened. */
    WRITE_ERROR,
    /** The disk has no room for a while. */
    FULL_DISK,
    /** A restart finds an older copy of the database. Never of more members than may lie. */
    OLD_COPY,
    /** A restart finds an empty disk. Never of more members than may lie. */
    LOST_DISK,
    /** A restart finds nothing but the key. Never of more members than may lie. */
    LOST_HOME,
    /** Wall clocks differ by some seconds; of those who may lie, by minutes, and they jump. */
    SKEW,
    /** Deadlines come up to three times too late or in half the time. */
    DRIFT,
    /** A process does nothing for two seconds. */
    PAUSE,
    /** Clients hand the same bytes in once more, elsewhere. */
    RETRIES,
    /** Pools hold a few transactions only. */
    SMALL_POOL,
    /** A member shows certificates that it made up. Never more members than may lie. */
    FORGERY,
    /** Nobody can open a link to one member, which opens links itself. */
    WALL,
    /** A read fails, as one of a table whose checksum does not hold. */
    READ_ERROR
}
