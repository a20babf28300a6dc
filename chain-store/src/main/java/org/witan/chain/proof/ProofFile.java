package org.witan.chain.proof;

import java.util.HexFormat;
import org.witan.chain.state.Entry;
import org.witan.genesis.codec.Decoded;
import org.witan.genesis.json.JsonText;
import org.witan.genesis.json.Value;

/**
 * The two forms of a bundle in a file: its bytes, or JSON for people.
 *
 * <p>The JSON holds the bytes in {@code bundle}, in hex; what stands before them is made from them
 * and only shown. A reader makes the JSON anew and wants the same text, so that nobody can change
 * what is shown: one bundle has one JSON, to the byte.
 */
public final class ProofFile {
    private static final String FORMAT = "witan-proof/1";

    private static final ShownBytes<ProofBundle> FORM =
            new ShownBytes<>("bundle", ProofBundle.CODEC, ProofFile::json);

    private ProofFile() {}

    /** The binary form. */
    public static byte[] binary(ProofBundle bundle) {
        return ProofBundle.CODEC.encode(bundle);
    }

    /** The JSON form, UTF-8. */
    public static byte[] json(ProofBundle bundle) {
        Value.Fields fields =
                Value.Fields.empty()
                        .with("format", FORMAT)
                        .with("network", bundle.header().networkId().toString())
                        .with("height", bundle.header().height())
                        .with("timestampMillis", bundle.header().timestampMillis())
                        .with("epoch", bundle.header().epoch())
                        .with("block", bundle.header().hash().hex())
                        .with("stateRoot", bundle.header().stateRoot().hex())
                        .with("path", bundle.path().text());
        if (bundle.value().isPresent()) {
            byte[] value = bundle.value().get();
            fields.withTrue("present");
            fields.with("value", HexFormat.of().formatHex(value));
            addEntry(fields, bundle, value);
        } else {
            fields.withTrue("absent");
        }
        String hex = HexFormat.of().formatHex(binary(bundle));
        return JsonText.indented(fields.with("bundle", hex));
    }

    /** What the value says, where it is an entry. */
    private static void addEntry(Value.Fields fields, ProofBundle bundle, byte[] value) {
        if (bundle.path().text().startsWith("entry/")
                && Entry.CODEC.decode(value) instanceof Decoded.Ok<Entry>(var entry)) {
            fields.with("entryVersion", entry.version())
                    .with("entryHeight", entry.height())
                    .with("entryContent", HexFormat.of().formatHex(entry.content()));
        }
    }

    /** Reads either form; a text begins with a brace, the bytes with a version. */
    public static Decoded<ProofBundle> read(byte[] file) {
        return FORM.read(file);
    }
}
