package org.witan.validator.cli.node;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.witan.chain.rocks.StoreSettings;
import org.witan.genesis.cli.GlobalOptions;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.validator.cli.config.Setting;
import org.witan.validator.cli.config.Settings;
import org.witan.validator.cli.config.SettingsSources;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code witan recover}: says of a home without a store that its key has voted before. A node that
 * is started there follows at once, and votes when a view is final behind all that the key can have
 * voted in. A new node is made with {@code init} alone, since nobody waits for what it never said.
 */
@Command(
        name = "recover",
        description = "Note in a home whose disk was lost that its key has voted before.")
public final class RecoverCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        GlobalOptions options = GlobalOptions.of(spec);
        Settings settings = SettingsSources.of(options).resolve();
        Path home = settings.namedHome();
        var founding = new NodeFiles(settings).genesis().founding();
        StoreSettings store = StoreSettings.in(settings.requiredPath(Setting.STORE_PATH));
        if (!store.isVacant()) {
            throw notLost(store.folder(), home);
        }
        if (options.dryRun()) {
            options.say(spec, "would note in " + store.folder() + " that votes are lost");
            return ExitCode.OK.number();
        }
        store.noteLoss(founding);
        options.print(
                spec,
                List.of(
                        "noted in " + store.folder() + " that votes of this key are lost",
                        "next: witan start --home " + home),
                Map.of("store", store.folder().toString()));
        return ExitCode.OK.number();
    }

    private static OperatorError notLost(Path store, Path home) {
        return new OperatorError(
                ExitCode.REFUSED_FOR_SAFETY,
                "STORE_EXISTS",
                store + " is not lost",
                "there is a database or a high-water mark, which knows what this node signed",
                "witan start --home "
                        + home
                        + "; a damaged database is moved aside, the mark never");
    }
}
