package org.witan.genesis.membership;

import java.util.List;

/**
 * What a verified genesis file founds: all that the ledger starts from.
 *
 * @param networkId hash of the genesis body
 * @param name for people
 * @param createdMillis milliseconds since 1970, the timestamp of height 0
 * @param devnet whether this is a network for trying things out
 * @param protocolLevel which rules of validity apply, from 1
 * @param rules the parameters
 * @param organisations ascending by id
 * @param members the founding validators, ascending by id
 */
public record Founding(
        NetworkId networkId,
        String name,
        long createdMillis,
        boolean devnet,
        int protocolLevel,
        Rules rules,
        List<Organisation> organisations,
        List<Member> members) {
    /** The first epoch, in force from height 1. */
    public Epoch firstEpoch() {
        List<Validator> validators =
                members.stream().map(m -> new Validator(m.id(), m.keyNumber(), m.key())).toList();
        return Epoch.of(1, new Configuration(protocolLevel, rules, validators));
    }
}
