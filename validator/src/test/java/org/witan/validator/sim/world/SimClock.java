package org.witan.validator.sim.world;

/** A host's clocks: one that only goes on, too fast or too slow, and one that may jump. */
public final class SimClock {
    private long baseMillis;
    private long baseLocalMillis;
    private int ratePercent = 100;
    private long wallOffsetMillis;
    private long awaitedMillis;
    private long rightMoment;

    /** The clock that deadlines follow, at a moment of the simulation. */
    long millis(long atMillis) {
        return baseLocalMillis + (atMillis - baseMillis) * ratePercent / 100;
    }

    /** The clock that block timestamps follow. */
    long wallMillis(long atMillis) {
        return atMillis + wallOffsetMillis;
    }

    /** The moment of the simulation at which {@link #millis} shows this. */
    long momentOf(long localMillis) {
        if (localMillis > Long.MAX_VALUE / 1000) {
            return Long.MAX_VALUE;
        }
        return baseMillis + Math.ceilDiv((localMillis - baseLocalMillis) * 100, ratePercent);
    }

    /** Whether a time was read from the wall clock at this moment, and is wrong. */
    boolean isMisread(long wallMillis, long atMillis) {
        return wallMillis != atMillis && wallMillis == wallMillis(atMillis);
    }

    /** A node waits for {@link #millis} to show this, and looks at this moment. */
    void awaits(long localMillis, long atMillis) {
        long left = localMillis - millis(atMillis);
        if (localMillis != awaitedMillis && left > 0) {
            awaitedMillis = localMillis;
            rightMoment = atMillis + left;
        }
    }

    /** Whether this was waited for, and comes at another moment than on a clock that is right. */
    boolean isMistimed(long localMillis) {
        return localMillis == awaitedMillis && momentOf(localMillis) != rightMoment;
    }

    /** From now on a second takes another time. */
    public void rate(long nowMillis, int percent) {
        baseLocalMillis = millis(nowMillis);
        baseMillis = nowMillis;
        ratePercent = percent;
    }

    /** From now on the wall clock is wrong by so much. */
    public void wallOffset(long millis) {
        wallOffsetMillis = millis;
    }
}
