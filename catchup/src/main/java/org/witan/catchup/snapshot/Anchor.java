package org.witan.catchup.snapshot;

import java.util.List;
import java.util.Optional;
import org.witan.chain.block.BlockHeader;
import org.witan.chain.state.GenesisState;
import org.witan.chain.store.EpochLink;
import org.witan.genesis.membership.Founding;

/**
 * What a joiner believes before it asks anybody.
 *
 * @param links how each epoch began, from epoch 1 without a gap; the last set is who is believed
 * @param checkpoint a final block of that epoch that its operator was given; a snapshot may not lie
 *     below it
 */
public record Anchor(List<EpochLink> links, Optional<BlockHeader> checkpoint) {
    /** Nothing but the genesis. */
    public static Anchor genesis(Founding founding) {
        EpochLink first =
                new EpochLink(
                        1,
                        GenesisState.genesisBlock(founding).header(),
                        Optional.empty(),
                        founding.firstEpoch().configuration());
        return new Anchor(List.of(first), Optional.empty());
    }
}
