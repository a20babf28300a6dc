package org.witan.validator.cli;

import java.util.List;
import org.witan.chain.cli.ProofCommand;
import org.witan.genesis.cli.ceremony.GenesisCommand;
import org.witan.genesis.cli.key.KeyCommand;
import org.witan.validator.cli.ask.CheckpointCommand;
import org.witan.validator.cli.ask.EntryCommand;
import org.witan.validator.cli.ask.LedgerCommand;
import org.witan.validator.cli.ask.PeerCommand;
import org.witan.validator.cli.ask.StatusCommand;
import org.witan.validator.cli.ask.WhyCommand;
import org.witan.validator.cli.bench.BenchCommand;
import org.witan.validator.cli.config.ConfigCommand;
import org.witan.validator.cli.devnet.DevnetCommand;
import org.witan.validator.cli.govern.MemberCommand;
import org.witan.validator.cli.govern.ParamsCommand;
import org.witan.validator.cli.govern.RotateCommand;
import org.witan.validator.cli.govern.RulesCommand;
import org.witan.validator.cli.invite.InviteCommand;
import org.witan.validator.cli.invite.JoinCommand;
import org.witan.validator.cli.node.DrainCommand;
import org.witan.validator.cli.node.InitCommand;
import org.witan.validator.cli.node.RecoverCommand;
import org.witan.validator.cli.node.StartCommand;
import org.witan.validator.cli.node.StopCommand;
import org.witan.validator.cli.node.UndrainCommand;
import org.witan.validator.cli.upgrade.UpgradeCommand;
import picocli.CommandLine;

/** The verbs of {@code witan}, each in a class that is loaded only when it is needed. */
final class Verbs {
    /** Every verb, in the order of the help. */
    static final List<String> NAMES =
            List.of(
                    "devnet",
                    "init",
                    "start",
                    "stop",
                    "recover",
                    "drain",
                    "undrain",
                    "status",
                    "why",
                    "genesis",
                    "key",
                    "member",
                    "invite",
                    "join",
                    "upgrade",
                    "entry",
                    "ledger",
                    "proof",
                    "checkpoint",
                    "peer",
                    "bench",
                    "config",
                    "completion",
                    "version");

    private Verbs() {}

    /** A new command for one of {@link #NAMES}. */
    static Object create(String verb) {
        return switch (verb) {
            case "devnet" -> new DevnetCommand();
            case "start" -> new StartCommand();
            case "init" -> new InitCommand();
            case "stop" -> new StopCommand();
            case "recover" -> new RecoverCommand();
            case "drain" -> new DrainCommand();
            case "undrain" -> new UndrainCommand();
            case "status" -> new StatusCommand();
            case "why" -> new WhyCommand();
            case "genesis" -> new GenesisCommand();
            case "key" -> new CommandLine(new KeyCommand()).addSubcommand(new RotateCommand());
            case "member" -> new MemberCommand();
            case "invite" -> new InviteCommand();
            case "join" -> new JoinCommand();
            case "upgrade" -> new UpgradeCommand();
            case "entry" -> new EntryCommand();
            case "ledger" -> new LedgerCommand();
            case "proof" -> new ProofCommand();
            case "checkpoint" -> new CheckpointCommand();
            case "peer" -> new PeerCommand();
            case "bench" -> new BenchCommand();
            case "config" ->
                    new CommandLine(new ConfigCommand())
                            .addSubcommand(new ParamsCommand())
                            .addSubcommand(new RulesCommand());
            case "completion" -> new Completion();
            case "version" -> new Version();
            default -> throw new IllegalArgumentException(verb);
        };
    }
}
