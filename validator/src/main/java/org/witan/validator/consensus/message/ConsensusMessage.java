package org.witan.validator.consensus.message;

import org.witan.genesis.codec.Codec;
import org.witan.genesis.codec.Reader;
import org.witan.genesis.codec.Writer;

/**
 * A message of consensus between two nodes.
 *
 * <p>Wire v1: version u8, kind u8 (1 proposal, 2 votes, 3 certificates, 4 status, 5 get
 * certificates, 6 get blocks, 7 blocks), then the fields of that kind.
 */
public sealed interface ConsensusMessage
        permits Proposal, Votes, Certificates, Status, GetCertificates, GetBlocks, Blocks {
    /** See the type. */
    Codec<ConsensusMessage> CODEC = new Codec<>(ConsensusMessage::write, ConsensusMessage::read);

    private static void write(ConsensusMessage message, Writer out) {
        out.u8(1);
        switch (message) {
            case Proposal proposal -> Proposal.CODEC.write(proposal, out.u8(1));
            case Votes votes -> Votes.CODEC.write(votes, out.u8(2));
            case Certificates certificates -> Certificates.CODEC.write(certificates, out.u8(3));
            case Status status -> Status.CODEC.write(status, out.u8(4));
            case GetCertificates get -> GetCertificates.CODEC.write(get, out.u8(5));
            case GetBlocks get -> GetBlocks.CODEC.write(get, out.u8(6));
            case Blocks blocks -> Blocks.CODEC.write(blocks, out.u8(7));
        }
    }

    private static ConsensusMessage read(Reader in) {
        in.version(1);
        int kind = in.u8();
        return switch (kind) {
            case 1 -> Proposal.CODEC.read(in);
            case 2 -> Votes.CODEC.read(in);
            case 3 -> Certificates.CODEC.read(in);
            case 4 -> Status.CODEC.read(in);
            case 5 -> GetCertificates.CODEC.read(in);
            case 6 -> GetBlocks.CODEC.read(in);
            case 7 -> Blocks.CODEC.read(in);
            default -> throw in.refuse("unknown kind of message " + kind);
        };
    }
}
