package org.witan.chain.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /** Verifies a bundle with a genesis file and prints what it proves. */
    @Command(description = "Check a proof with the genesis file alone; exit 0, or 6 if it fails.")
    int verify(
            @Parameters(paramLabel = "FILE", description = "a proof, JSON or binary") Path file,
            @Option(
                            names = "--genesis",
                            paramLabel = "FILE",
                            required = true,
                            description = "the network's genesis file")
                    Path genesis) {
        Founding founding = Documents.genesis(genesis).founding();
        switch (ProofFile.read(SafeFiles.read(file, ProofBundle.MAX_BYTES))) {
            case Decoded.Bad<ProofBundle>(var offset, var why) ->
                    throw refused(file + " is not a proof", "byte " + offset + ": " + why);
            case Decoded.Ok<ProofBundle>(var bundle) -> {
                Optional<String> problem = bundle.problem(founding, Ed25519.VERIFIER);
                if (problem.isPresent()) {
                    throw refused(file + " proves nothing in this network", problem.get());
                }
                print(bundle, founding);
            }
        }
        return ExitCode.OK.number();
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

    private void print(ProofBundle bundle, Founding founding) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("valid", true);
        json.put("network", founding.networkId().toString());
        json.put("height", bundle.header().height());
        json.put("timestampMillis", bundle.header().timestampMillis());
        json.put("epoch", bundle.header().epoch());
        json.put("block", bundle.header().hash().hex());
        json.put("stateRoot", bundle.header().stateRoot().hex());
        json.put("path", bundle.path().text());
        json.put("present", bundle.value().isPresent());
        List<String> lines = new ArrayList<>();
        lines.add(
                "proven: in %s after block %d, %s has %s"
                        .formatted(
                                founding.networkId().shortName(),
                                bundle.header().height(),
                                bundle.path(),
                                bundle.value().isPresent() ? "this value" : "no value"));
        bundle.value()
                .ifPresent(value -> {
                    json.put("value", HexFormat.of().formatHex(value));
                    lines.addAll(ShownValue.lines(bundle.path(), value));
                });
        lines.add("block: " + bundle.header().hash());
        GlobalOptions.of(spec).print(spec, lines, json);
    }
}
