package org.witan.validator.cli.govern;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.witan.chain.change.Change;
import org.witan.genesis.document.RulesForm;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.membership.Rules;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code witan config propose}: an organisation asks for other network rules. */
@Command(name = "propose", description = "Propose other values of the network's rules.")
public final class RulesCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "NAME=VALUE",
            arity = "1..16",
            description = "as witan config params writes them")
    private List<String> wanted = List.of();

    @Mixin private ProposalOptions wish = new ProposalOptions();

    @Override
    public Integer call() {
        List<Change.Rule> rules = new ArrayList<>();
        wanted.forEach(text -> rules.add(rule(text)));
        return new Decision(spec).propose(new Change.SetRules(List.copyOf(rules)), wish);
    }

    private static Change.Rule rule(String text) {
        int equals = text.indexOf('=');
        String name = text.substring(0, Math.max(equals, 0));
        OptionalInt value = whole(text.substring(equals + 1));
        if (equals < 1 || value.isEmpty()) {
            throw usage(text, "a rule is set by NAME=VALUE, with a whole number");
        }
        try {
            // Whatever the others are: a name or a value that no network may have.
            RulesForm.with(Rules.DEFAULT, name, value.getAsInt());
        } catch (IllegalArgumentException bad) {
            throw usage(text, String.valueOf(bad.getMessage()));
        }
        return new Change.Rule(name, value.getAsInt());
    }

    private static OptionalInt whole(String digits) {
        return digits.matches("[0-9]{1,9}")
                ? OptionalInt.of(Integer.parseInt(digits))
                : OptionalInt.empty();
    }

    private static OperatorError usage(String text, String why) {
        return new OperatorError(
                ExitCode.USAGE,
                "USAGE",
                "'" + text + "' cannot be proposed",
                why,
                "witan config params");
    }
}
