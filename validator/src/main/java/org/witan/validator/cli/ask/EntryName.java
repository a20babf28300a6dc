package org.witan.validator.cli.ask;

import java.nio.charset.StandardCharsets;
import org.witan.chain.block.Operation;
import org.witan.genesis.cli.GlobalOptions;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.cli.config.Setting;
import org.witan.validator.cli.config.SettingsSources;
import org.witan.validator.cli.http.HttpConnection;

/**
 * Whose entry under which key.
 *
 * @param owner the id of a member
 * @param key 1 to 128 bytes; it may hold slashes
 */
record EntryName(String owner, String key) {
    /**
     * Reads {@code OWNER/KEY}, cut at the first slash; a text without one is a key of the home's
     * node.
     *
     * @throws OperatorError BAD_KEY if there is no owner, or the key has a size that no key has
     */
    static EntryName parse(String text, GlobalOptions options) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return new EntryName(ownerAtHome(text, options), checked(text));
        }
        if (!NodeId.isValid(text.substring(0, slash))) {
            throw new OperatorError(
                    ExitCode.USAGE,
                    "BAD_KEY",
                    Asked.quoted(text) + " does not begin with an owner",
                    "the form is OWNER/KEY, and an owner's id has 1 to 63 of a-z, 0-9 and -",
                    "witan entry get v1/greeting; witan entry list shows all names");
        }
        return new EntryName(text.substring(0, slash), checked(text.substring(slash + 1)));
    }

    /**
     * A key that an entry may have.
     *
     * @throws OperatorError BAD_KEY
     */
    static String checked(String key) {
        int bytes = key.getBytes(StandardCharsets.UTF_8).length;
        if (bytes < 1 || bytes > Operation.MAX_KEY_BYTES) {
            throw new OperatorError(
                    ExitCode.USAGE,
                    "BAD_KEY",
                    "the key cannot be used",
                    "it has " + bytes + " bytes, allowed are 1 to " + Operation.MAX_KEY_BYTES,
                    "witan entry put KEY VALUE; witan entry get OWNER/KEY");
        }
        return key;
    }

    /** What a node says of an entry that is not there, in the words of the command line. */
    OperatorError notFound(OperatorError refused, GlobalOptions options) {
        String home = options.home().isEmpty() ? owner : idAtHome(options);
        return new OperatorError(
                ExitCode.NOT_FOUND,
                refused.code(),
                refused.what().replace("such entry", "entry " + this),
                refused.why(),
                home.isEmpty() || home.equals(owner)
                        ? "witan entry list " + owner + "/"
                        : "witan entry list %s/; the home's own is %s/%s"
                                .formatted(owner, home, this));
    }

    /** Where the HTTP API has it. */
    String path() {
        return "/v1/entries/" + HttpConnection.encode(owner) + "/" + HttpConnection.encode(key);
    }

    private static String ownerAtHome(String key, GlobalOptions options) {
        String owner = idAtHome(options);
        if (owner.isEmpty()) {
            throw new OperatorError(
                    ExitCode.USAGE,
                    "BAD_KEY",
                    Asked.quoted(key) + " does not say whose entry it is",
                    "the form is OWNER/KEY; the owner may be left out only with --home DIR, which"
                            + " then is that node",
                    "witan entry get v1/" + key + ", or the same with --home DIR");
        }
        return owner;
    }

    /** The id of the home's node; empty if there is no home. */
    private static String idAtHome(GlobalOptions options) {
        return SettingsSources.of(options).resolve().text(Setting.ID);
    }

    /** {@code OWNER/KEY}. */
    @Override
    public String toString() {
        return owner + "/" + key;
    }
}
