package org.witan.validator.cli.govern;

import org.witan.validator.cli.http.Fields;
import org.witan.validator.cli.http.NodeClient;

/**
 * From when on something holds that a block decided.
 *
 * @param height the first that it holds for
 * @param epoch of that height
 */
record InForce(long height, long epoch) {
    /** What a block decided: behind it where the block ends its epoch, else at once. */
    static InForce of(NodeClient node, long height) {
        Fields block = node.get("/v1/blocks/" + height + "?limit=1").inner("header");
        long epoch = block.number("epoch").orElse(0L);
        return block.shown("configHash").equals(block.shown("nextConfigHash"))
                ? new InForce(height, epoch)
                : new InForce(height + 1, epoch + 1);
    }

    String sentence() {
        return "in force from height " + height + ", epoch " + epoch;
    }
}
