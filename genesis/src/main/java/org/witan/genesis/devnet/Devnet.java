package org.witan.genesis.devnet;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.witan.genesis.crypto.SigningKey;
import org.witan.genesis.document.Draft;
import org.witan.genesis.document.FounderOrganisation;
import org.witan.genesis.document.FounderValidator;
import org.witan.genesis.document.GenesisBody;
import org.witan.genesis.document.GenesisFile;
import org.witan.genesis.document.RulesForm;
import org.witan.genesis.membership.Endpoint;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Rules;

/**
 * A founded devnet: validators {@code v1} to {@code vN} of organisations {@code org1} to {@code
 * orgN}.
 *
 * @param genesis its genesis file, with no endorsements, which a devnet does not need
 * @param founders the holders of the keys, in the order of the endpoints
 */
public record Devnet(GenesisFile genesis, List<Founder> founders) {
    /**
     * One organisation with its one validator.
     *
     * @param id the validator
     * @param organisation its organisation
     * @param nodeKey the validator's key
     * @param governanceKey the organisation's key
     */
    public record Founder(
            NodeId id, NodeId organisation, SigningKey nodeKey, SigningKey governanceKey) {}

    /**
     * Founds a devnet with the default rules, but a least number of validators that it has.
     *
     * @param name for people
     * @param created its moment of birth, of which whole seconds count
     * @param endpoints one for each validator, 1 to 100
     */
    public static Devnet found(
            String name, Instant created, List<Endpoint> endpoints, SecureRandom random) {
        int least = Math.min(endpoints.size(), Rules.DEFAULT.minimumValidators());
        Rules rules = RulesForm.with(Rules.DEFAULT, "minimumValidators", least);
        return found(name, created, rules, endpoints, random);
    }

    /** As the other one, with rules of the caller's choice. */
    public static Devnet found(
            String name,
            Instant created,
            Rules rules,
            List<Endpoint> endpoints,
            SecureRandom random) {
        byte[] id = new byte[8];
        random.nextBytes(id);
        String draft = "dr-" + HexFormat.of().formatHex(id);
        Instant second = created.truncatedTo(ChronoUnit.SECONDS);
        Draft head = new Draft(name, draft, second, true, Draft.KNOWN_LEVEL, rules);
        List<Founder> founders = new ArrayList<>();
        List<FounderOrganisation> organisations = new ArrayList<>();
        List<FounderValidator> validators = new ArrayList<>();
        for (int i = 1; i <= endpoints.size(); i++) {
            Founder founder =
                    new Founder(
                            new NodeId("v" + i),
                            new NodeId("org" + i),
                            SigningKey.generate(random),
                            SigningKey.generate(random));
            founders.add(founder);
            organisations.add(organisation(draft, founder));
            validators.add(validator(draft, founder, endpoints.get(i - 1)));
        }
        GenesisBody body =
                new GenesisBody(head, List.copyOf(organisations), List.copyOf(validators));
        return new Devnet(new GenesisFile(body, List.of()), List.copyOf(founders));
    }

    private static FounderOrganisation organisation(String draft, Founder founder) {
        NodeId id = founder.organisation();
        return FounderOrganisation.proving(
                draft, id, id.value(), founder.governanceKey(), Optional.empty());
    }

    private static FounderValidator validator(String draft, Founder founder, Endpoint endpoint) {
        return FounderValidator.proving(
                draft, founder.id(), founder.organisation(), List.of(endpoint), founder.nodeKey());
    }
}
