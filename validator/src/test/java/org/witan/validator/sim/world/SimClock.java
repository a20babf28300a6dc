package org.witan.validator.sim.world;

import java.util.EnumSet;
import java.util.Set;
import org.witan.validator.sim.plan.Fault;

/** A host's clocks: one that only goes on, too fast or too slow, and one that may jump. */
public final class SimClock {
    private long baseMillis;
    private long baseLocalMillis;
    private int ratePercent = 100;
    private long wallOffsetMillis;

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

    /** What is wrong with it now. */
    Set<Fault> wrong() {
        Set<Fault> wrong = EnumSet.noneOf(Fault.class);
        if (wallOffsetMillis != 0) {
            wrong.add(Fault.SKEW);
        }
        if (ratePercent != 100) {
            wrong.add(Fault.DRIFT);
        }
        return wrong;
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
