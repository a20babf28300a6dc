package org.witan.chain.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.witan.chain.proof.Checkpoint;
import org.witan.chain.proof.ProofBundle;
import org.witan.chain.proof.ProofFile;
import org.witan.genesis.cli.GlobalOptions;
import org.witan.genesis.cli.ceremony.Documents;
import org.witan.genesis.codec.Decoded;
import org.witan.genesis.crypto.Ed25519;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.file.SafeFiles;
import org.witan.genesis.membership.Founding;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code witan proof}: proofs that need no node. */
@Command(name = "proof", description = "Check proofs of network state, without a node.")
public final class ProofCommand {
    @Spec private CommandSpec spec = CommandSpec.create();

    /** Verifies a bundle with a genesis file or a checkpoint and prints what it proves. */
    @Command(description = "Check a proof without any node; exit 0, or 6 if it fails.")
    int verify(
            @Parameters(paramLabel = "FILE", description = "a proof, JSON or binary") Path file,
            @Option(
                            names = "--genesis",
                            paramLabel = "FILE",
                            description = "the network's genesis file")
                    @Nullable Path genesis,
            @Option(
                            names = "--checkpoint",
                            paramLabel = "FILE",
                            description = "a checkpoint that you trust, instead or as well")
                    @Nullable Path checkpoint) {
        if (genesis == null && checkpoint == null) {
            throw new OperatorError(
                    ExitCode.USAGE,
                    "NO_ANCHOR",
                    "a proof cannot be checked by itself",
                    "it shows what follows from something that you trust",
                    "name the network's genesis file with --genesis, or a checkpoint with"
                            + " --checkpoint");
        }
        ProofBundle bundle = read(file);
        if (genesis != null) {
            Founding founding = Documents.genesis(genesis).founding();
            check(file, bundle.problem(founding, Ed25519.VERIFIER));
        }
        if (checkpoint != null) {
            Checkpoint trusted = CheckpointOnDisk.read(checkpoint);
            check(file, bundle.problem(trusted, Ed25519.VERIFIER));
        }
        print(bundle);
        return ExitCode.OK.number();
    }

    private static ProofBundle read(Path file) {
        return switch (ProofFile.read(SafeFiles.read(file, ProofBundle.MAX_BYTES))) {
            case Decoded.Bad<ProofBundle>(var offset, var why) ->
                    throw refused(file + " is not a proof", "byte " + offset + ": " + why);
            case Decoded.Ok<ProofBundle>(var bundle) -> bundle;
        };
    }

    private static void check(Path file, Optional<String> problem) {
        if (problem.isPresent()) {
            throw refused(file + " proves nothing in this network", problem.get());
        }
    }

    private static OperatorError refused(String what, String why) {
        return new OperatorError(
                ExitCode.VERIFICATION_FAILED,
                "PROOF_INVALID",
                what,
                why,
                "fetch the proof again, and compare the genesis file's six words with another"
                        + " operator");
    }

    private void print(ProofBundle bundle) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("valid", true);
        json.put("network", bundle.header().networkId().toString());
        json.put("height", bundle.header().height());
        json.put("timestampMillis", bundle.header().timestampMillis());
        json.put("epoch", bundle.header().epoch());
        json.put("block", bundle.header().hash().hex());
        json.put("stateRoot", bundle.header().stateRoot().hex());
        json.put("path", bundle.path().text());
        json.put("present", bundle.value().isPresent());
        json.putAll(ShownValue.owner(bundle.path()));
        List<String> lines = new ArrayList<>();
        lines.add(
                "proven: in %s after block %d, %s has %s"
                        .formatted(
                                bundle.header().networkId().shortName(),
                                bundle.header().height(),
                                bundle.path(),
                                bundle.value().isPresent() ? "this value" : "no value"));
        if (bundle.value().isEmpty()) {
            lines.add("proven is the absence: nothing stood under this name after that block");
        }
        bundle.value()
                .ifPresent(value -> {
                    json.put("value", HexFormat.of().formatHex(value));
                    json.putAll(ShownValue.fields(bundle.path(), value));
                    lines.addAll(ShownValue.lines(bundle.path(), value));
                });
        lines.add("block: " + bundle.header().hash());
        GlobalOptions.of(spec).print(spec, lines, json);
    }
}
