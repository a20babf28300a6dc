package org.witan.catchup.wire;

import org.witan.genesis.fuzz.FormatsTarget;

/** Messages of catch-up. */
final class CatchupFuzzTest extends FormatsTarget {
    CatchupFuzzTest() {
        CatchupMessageTest.names()
                .forEach(name ->
                        format(name, CatchupMessage.CODEC, CatchupMessageTest.example(name)));
    }
}
