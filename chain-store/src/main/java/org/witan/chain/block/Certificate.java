package org.witan.chain.block;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.witan.genesis.codec.Codec;
import org.witan.genesis.codec.Reader;
import org.witan.genesis.codec.Writer;
import org.witan.genesis.crypto.Purpose;
import org.witan.genesis.crypto.Signature;
import org.witan.genesis.crypto.Verifier;
import org.witan.genesis.membership.Configuration;
import org.witan.genesis.membership.Epoch;
import org.witan.genesis.membership.NetworkId;
import org.witan.genesis.membership.Validator;

/**
 * Exactly q signatures of distinct validators for one ballot: it proves itself to anybody who holds
 * the epoch's configuration.
 *
 * <p>Wire v1: version u8, ballot, signers as a bitmap behind a u8 length (bit i is bit {@code i %
 * 8} of byte {@code i / 8}, no zero byte at the end), then the signatures in ascending order of
 * signer. Golden: {@code certificate.v1.hex}. Two certificates for one ballot may differ in their
 * signers and are equally good.
 *
 * @param ballot what was decided
 * @param signers indexes in the epoch's validator set, strictly ascending
 * @param signatures one for each signer, in the same order
 */
public record Certificate(Ballot ballot, List<Integer> signers, List<Signature> signatures) {
    /** See the type. */
    public static final Codec<Certificate> CODEC =
            new Codec<>(Certificate::write, Certificate::read);

    private static final int MAX_BITMAP_BYTES = (Configuration.MAX_VALIDATORS + 7) / 8;

    /** What is wrong with this certificate in that epoch of that network; empty if nothing is. */
    public Optional<String> problem(Epoch epoch, NetworkId networkId, Verifier verifier) {
        int needed = epoch.configuration().quorum().size();
        if (ballot.epoch() != epoch.number() || !ballot.configHash().equals(epoch.configHash())) {
            return Optional.of("made in another epoch");
        }
        if (signers.size() != needed) {
            return Optional.of(signers.size() + " signatures, needed are " + needed);
        }
        List<Validator> set = epoch.configuration().validators();
        if (signers.getLast() >= set.size()) {
            return Optional.of("signer " + signers.getLast() + " is not in the set");
        }
        byte[] content = ballot.signedContent(networkId);
        for (int i = 0; i < needed; i++) {
            Validator voter = set.get(signers.get(i));
            if (!verifier.verify(voter.key(), Purpose.VOTE, content, signatures.get(i))) {
                return Optional.of("signature of " + voter.id() + " does not hold");
            }
        }
        return Optional.empty();
    }

    private static void write(Certificate certificate, Writer out) {
        BitSet bits = new BitSet();
        certificate.signers.forEach(bits::set);
        out.u8(1);
        Ballot.CODEC.write(certificate.ballot, out);
        out.bytes8(bits.toByteArray());
        certificate.signatures.forEach(signature -> Signature.CODEC.write(signature, out));
    }

    private static Certificate read(Reader in) {
        in.version(1);
        Ballot ballot = Ballot.CODEC.read(in);
        byte[] bitmap = in.bytes8(MAX_BITMAP_BYTES);
        if (bitmap.length == 0 || bitmap[bitmap.length - 1] == 0) {
            throw in.refuse("a bitmap that is empty or not minimal");
        }
        List<Integer> signers = BitSet.valueOf(bitmap).stream().boxed().toList();
        if (signers.size() * Signature.SIZE_BYTES > in.left()) {
            throw in.refuse(signers.size() + " signatures cannot fit");
        }
        List<Signature> signatures = new ArrayList<>(signers.size());
        for (int i = 0; i < signers.size(); i++) {
            signatures.add(Signature.CODEC.read(in));
        }
        return new Certificate(ballot, signers, List.copyOf(signatures));
    }

    /** Checks that both lists have one length and that the signers ascend. */
    public Certificate {
        int[] sorted = signers.stream().mapToInt(Integer::intValue).sorted().distinct().toArray();
        if (signers.isEmpty()
                || signers.size() != signatures.size()
                || !Arrays.equals(sorted, signers.stream().mapToInt(Integer::intValue).toArray())) {
            throw new IllegalArgumentException("signers must ascend, with one signature each");
        }
    }
}
