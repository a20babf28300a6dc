package org.witan.chain.change;

import java.util.List;
import org.witan.chain.change.Change.AbortUpgrade;
import org.witan.chain.change.Change.AddMember;
import org.witan.chain.change.Change.AddOrganisation;
import org.witan.chain.change.Change.Cancel;
import org.witan.chain.change.Change.FinaliseUpgrade;
import org.witan.chain.change.Change.PlanUpgrade;
import org.witan.chain.change.Change.RemoveMember;
import org.witan.chain.change.Change.RemoveOrganisation;
import org.witan.chain.change.Change.ReplaceKey;
import org.witan.chain.change.Change.Resume;
import org.witan.chain.change.Change.Rule;
import org.witan.chain.change.Change.SetRole;
import org.witan.chain.change.Change.SetRules;
import org.witan.chain.change.Change.Suspend;
import org.witan.genesis.codec.Codec;
import org.witan.genesis.codec.Reader;
import org.witan.genesis.codec.Writer;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.crypto.Signature;
import org.witan.genesis.membership.Endpoint;
import org.witan.genesis.membership.Member;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Role;
import org.witan.genesis.membership.VisibleText;

/** The bytes of a {@link Change}. */
final class ChangeForm {
    private static final Codec<Rule> RULE =
            new Codec<>(
                    (rule, out) -> out.text8(rule.name()).u31(rule.value()),
                    in -> new Rule(in.text8(64), in.u31()));

    private ChangeForm() {}

    static void write(Change change, Writer out) {
        switch (change) {
            case AddMember add -> write(add, out.u8(1));
            case RemoveMember(var id) -> NodeId.CODEC.write(id, out.u8(2));
            case Suspend(var id) -> NodeId.CODEC.write(id, out.u8(3));
            case Resume(var id) -> NodeId.CODEC.write(id, out.u8(4));
            case SetRole(var id, var role) -> {
                NodeId.CODEC.write(id, out.u8(5));
                Role.CODEC.write(role, out);
            }
            case ReplaceKey(var organisation, var id, var key, var proof) -> {
                NodeId.CODEC.write(id, out.u8(6).bool(organisation));
                PublicKey.CODEC.write(key, out);
                Signature.CODEC.write(proof, out);
            }
            case AddOrganisation add -> write(add, out.u8(7));
            case RemoveOrganisation(var id) -> NodeId.CODEC.write(id, out.u8(8));
            case SetRules(var rules) -> out.u8(9).list16(rules, RULE);
            case Cancel(var number) -> out.u8(10).u63(number);
            case PlanUpgrade plan -> writePlan(plan, out.u8(11));
            case FinaliseUpgrade(var plan) -> out.u8(12).u63(plan);
            case AbortUpgrade(var plan) -> out.u8(13).u63(plan);
        }
    }

    static void writePlan(PlanUpgrade plan, Writer out) {
        out.u16(plan.level()).text8(plan.artifact());
        Hash.CODEC.write(plan.sha256(), out);
        out.u63(plan.deadline());
    }

    static PlanUpgrade readPlan(Reader in) {
        int level = in.u16();
        String artifact = VisibleText.checked(in, in.text8(PlanUpgrade.MAX_ARTIFACT_BYTES));
        if (level == 0 || artifact.isEmpty()) {
            throw in.refuse("a release without a level or a name");
        }
        return new PlanUpgrade(level, artifact, Hash.CODEC.read(in), in.u63());
    }

    private static void write(AddMember add, Writer out) {
        NodeId.CODEC.write(add.id(), out);
        NodeId.CODEC.write(add.organisation(), out);
        Role.CODEC.write(add.role(), out);
        out.bool(add.learner());
        PublicKey.CODEC.write(add.key(), out);
        out.list16(add.endpoints(), Endpoint.CODEC);
        Signature.CODEC.write(add.proof(), out);
    }

    private static void write(AddOrganisation add, Writer out) {
        NodeId.CODEC.write(add.id(), out);
        out.text16(add.name());
        PublicKey.CODEC.write(add.governanceKey(), out);
        PublicKey.CODEC.write(add.recoveryKey(), out);
        Signature.CODEC.write(add.proof(), out);
        Signature.CODEC.write(add.recoveryProof(), out);
    }

    static Change read(Reader in) {
        int type = in.u8();
        return switch (type) {
            case 1 ->
                    new AddMember(
                            NodeId.CODEC.read(in),
                            NodeId.CODEC.read(in),
                            Role.CODEC.read(in),
                            in.bool(),
                            PublicKey.CODEC.read(in),
                            in.list16(Member.MAX_ENDPOINTS, 2, Endpoint.CODEC),
                            Signature.CODEC.read(in));
            case 2 -> new RemoveMember(NodeId.CODEC.read(in));
            case 3 -> new Suspend(NodeId.CODEC.read(in));
            case 4 -> new Resume(NodeId.CODEC.read(in));
            case 5 -> new SetRole(NodeId.CODEC.read(in), Role.CODEC.read(in));
            case 6 -> replaceKey(in);
            case 7 ->
                    new AddOrganisation(
                            NodeId.CODEC.read(in),
                            VisibleText.checkedName(in, in.text16(256)),
                            PublicKey.CODEC.read(in),
                            PublicKey.CODEC.read(in),
                            Signature.CODEC.read(in),
                            Signature.CODEC.read(in));
            case 8 -> new RemoveOrganisation(NodeId.CODEC.read(in));
            case 9 -> rules(in);
            case 10 -> new Cancel(in.u63());
            case 11 -> readPlan(in);
            case 12 -> new FinaliseUpgrade(in.u63());
            case 13 -> new AbortUpgrade(in.u63());
            default -> throw in.refuse("unknown change " + type);
        };
    }

    private static Change replaceKey(Reader in) {
        boolean organisation = in.bool();
        return new ReplaceKey(
                organisation,
                NodeId.CODEC.read(in),
                PublicKey.CODEC.read(in),
                Signature.CODEC.read(in));
    }

    private static Change rules(Reader in) {
        List<Rule> rules = in.list16(Change.MAX_RULES, 5, RULE);
        if (rules.isEmpty()) {
            throw in.refuse("a change of no rule");
        }
        return new SetRules(rules);
    }
}
